import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { stripVTControlCharacters } from "node:util"
import { UserError } from "../../base/errors"
import type { InputFacts } from "./build-cache"
import type { CliPackage } from "./cli-package"

/** The compiler's own process. It lies beside this file, in the sources as in the built package. */
const PROCESS_FILE = fileURLToPath(new URL("./build-process.mjs", import.meta.url))

/** The program does not compile. The message is what the compiler said, with file and line. */
export class CompileError extends UserError {
    override readonly name = "CompileError"

    constructor(message: string) {
        super("E_COMPILE", message)
    }
}

/** One compile. Paths are absolute. */
export interface CompileJob {
    compiler: CliPackage
    project: string
    entry: string
    /** An existing folder for the compiler to write into. */
    outFolder: string
    /** File that keeps V8's compiled form of the compiler itself. */
    codeCache: string
    /** Folder from which the compiler's messages name files: where the user stands. */
    cwd: string
    /** Keep the compiler's colours in its messages. */
    color: boolean
    signal: AbortSignal | undefined
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

interface Diagnostic {
    /** Relative to the project, or absolute. */
    filename: string
    line: number
    category: number
    text: string
}

type Reply =
    | { failure: string; lastRead?: string }
    | { success: boolean; inputs: InputFacts; diagnostics: Diagnostic[] }

/**
 * Compiles in a process of its own. Throws `CompileError` with the compiler's messages when the
 * program is wrong, and the signal's reason when interrupted; the process is gone by then.
 */
export async function compile(job: CompileJob): Promise<Compilation> {
    const reply = await runCompiler(job)
    if ("failure" in reply) throw new CompileError(describeFailure(reply, job))
    const messages = (isError: boolean) =>
        reply.diagnostics
            .filter(({ category }) => (category === ERROR_CATEGORY) === isError)
            .map(diagnostic => describeDiagnostic(diagnostic, job))
    if (!reply.success) throw new CompileError(messages(true).join("\n"))
    return {
        bytecode: new Uint8Array(readFileSync(join(job.outFolder, "bytecode.devs"))),
        debugJson: readFileSync(join(job.outFolder, "bytecode-dbg.json"), "utf8"),
        inputs: reply.inputs,
        warnings: messages(false),
    }
}

/** TypeScript's `DiagnosticCategory.Error`. */
const ERROR_CATEGORY = 1

function runCompiler({ compiler, project, entry, outFolder, codeCache, signal }: CompileJob) {
    return new Promise<Reply>((resolveReply, reject) => {
        signal?.throwIfAborted()
        const child = spawn(
            process.execPath,
            [
                PROCESS_FILE,
                compiler.bundle,
                // The compiler wants both relative to the project, its working directory.
                relative(project, entry),
                relative(project, outFolder),
                codeCache,
            ],
            { cwd: project, stdio: ["ignore", "pipe", "pipe", "ipc"], windowsHide: true },
        )
        const kill = () => child.kill()
        process.once("exit", kill)
        signal?.addEventListener("abort", kill)

        let reply: Reply | undefined
        let output = ""
        child.stdout?.on("data", chunk => (output += String(chunk)))
        child.stderr?.on("data", chunk => (output += String(chunk)))
        child.on("message", message => (reply = message as Reply))
        child.on("error", reject)
        child.on("close", (code, killedBy) => {
            process.off("exit", kill)
            signal?.removeEventListener("abort", kill)
            if (signal?.aborted) reject(signal.reason as Error)
            else if (reply !== undefined) resolveReply(reply)
            else
                reject(
                    new Error(
                        `The DeviceScript compiler ended (${killedBy ?? `exit code ${code}`}) without a result.\n${output.trim()}`,
                    ),
                )
        })
    })
}

/** The compiler's exception for a `package.json` it cannot parse does not say which file. */
function describeFailure(reply: { failure: string; lastRead?: string }, job: CompileJob): string {
    const isAboutFile = /JSON/.test(reply.failure) && reply.lastRead !== undefined
    const file = isAboutFile ? `${relative(job.cwd, reply.lastRead as string)}: ` : ""
    return `${file}${reply.failure}`
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
