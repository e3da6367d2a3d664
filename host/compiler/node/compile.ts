import { relative, resolve } from "node:path"
import { stripVTControlCharacters } from "node:util"
import { withSlashes } from "../../base/node/with-slashes"
import type { Diagnostic } from "../compile-project"
import { askBackground } from "./server/background-compiler"
import { askServer, SERVER_VARIABLE } from "./server/compile-client"
import { CompileError } from "./compile-error"
import { CompilerThread } from "./compiler-thread"
import type { InputFacts } from "./disk-files"
import { makeSnapshotLater } from "./snapshot/snapshot-maker"

/** One compile. Paths are absolute. */
export interface CompileJob {
    project: string
    entry: string
    /** Folder from which the compiler's messages name files: where the user stands. */
    cwd: string
    /** Keep the compiler's colours in its messages. */
    color: boolean
    signal: AbortSignal | undefined
    /** Texts to read in place of files, by absolute path. */
    instead?: Readonly<Record<string, string>> | undefined
    /** What is wrong is wanted soon, rather than in the official order. */
    isDraft?: boolean | undefined
}

/** Result of a compile that succeeded. */
export interface Compilation {
    bytecode: Uint8Array
    /** Text of `bytecode-dbg.json`. */
    debugJson: string
    /** Everything the result depends on. */
    inputs: InputFacts
    /** What the compiler said nevertheless; empty most of the time. */
    warnings: string[]
}

const thread = new CompilerThread()
/** Of whoever compiles the same program again and again, in milliseconds. */
const LOADED_MS = 30 * 60_000

/** Keeps the compiler loaded between compiles: each then takes a fraction of the time. */
export function keepCompilerLoaded(): void {
    thread.stayLoaded(LOADED_MS)
}

/**
 * Compiles in a thread of its own, so that everything else goes on. Throws `CompileError` with the
 * compiler's messages when the program is wrong, and the signal's reason when interrupted; the compile has
 * ended by then.
 */
export async function compile(job: CompileJob): Promise<Compilation> {
    const request = {
        project: job.project,
        entry: withSlashes(relative(job.project, job.entry)),
        ...(job.instead && { instead: job.instead }),
        ...(job.isDraft && { isDraft: true }),
    }
    const server = process.env[SERVER_VARIABLE]
    const served = server
        ? await askServer(server, request, job.signal)
        : await askBackground(request, job.signal)
    const reply = served ?? (await thread.ask(request, job.signal))
    makeSnapshotLater()
    if ("failure" in reply) throw new CompileError(reply.failure)
    const messages = (isError: boolean) =>
        reply.diagnostics
            .filter(({ category }) => (category === ERROR_CATEGORY) === isError)
            .map(diagnostic => describeDiagnostic(diagnostic, job))
    if (!reply.success || !reply.bytecode || reply.debugJson === undefined)
        throw new CompileError(
            firstOf(messages(true)),
            reply.diagnostics
                .filter(({ category }) => category === ERROR_CATEGORY)
                .slice(0, MAX_ERRORS)
                .map(diagnostic => problemOf(diagnostic, job)),
        )
    const { bytecode, debugJson, inputs } = reply
    return { bytecode, debugJson, inputs, warnings: messages(false) }
}

/** More at once helps nobody: the later ones mostly follow from the first. */
const MAX_ERRORS = 20

function firstOf(errors: readonly string[]): string {
    const more = errors.length - MAX_ERRORS
    const shown = errors.slice(0, MAX_ERRORS)
    return [
        ...shown,
        ...(more > 0 ? [`… and ${more.toLocaleString("en-US")} more errors`] : []),
    ].join("\n")
}

/** TypeScript's `DiagnosticCategory.Error`. */
const ERROR_CATEGORY = 1

/** What the message says, without its place and the line that it shows. */
function problemOf({ filename, line, text }: Diagnostic, { project, cwd }: CompileJob) {
    const [said = ""] = stripVTControlCharacters(text).split(/\r?\n\s*\r?\n/)
    return {
        file: withSlashes(relative(cwd, resolve(project, filename))),
        line,
        text: said.replace(/^\S+:\d+:\d+ - (?=error)/, "").trim(),
    }
}

/** The message as printed by the compiler, its file named from where the user stands. */
function describeDiagnostic(diagnostic: Diagnostic, { project, cwd, color }: CompileJob): string {
    const { filename, line } = diagnostic
    const named = relative(cwd, resolve(project, filename))
    const text = color ? diagnostic.text : stripVTControlCharacters(diagnostic.text)
    // Problems with a board or a service come without their place.
    return text.includes(filename)
        ? text.replace(filename, () => named)
        : `${named}:${line} - ${text}`
}
