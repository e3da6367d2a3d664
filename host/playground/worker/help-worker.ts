import { ProgramHelp } from "../../compiler/language/program-help"
import type { ServiceTools } from "../../compiler/build-config"
import type { ProjectFiles } from "../../compiler/project-files"
import type { FromHelp, ToHelp } from "../help-messages"
import { fetched } from "../platform/loaded"
import { files } from "../platform/memory-files"
import { dirname, relative, resolve } from "../platform/node/path"
import { fetchCompiler, fetchSources } from "./fetch-site"

/** The worker that knows the names of the program that is edited, with a compiler of its own: it waits for none. */
const ready = Promise.all([fetchCompiler(), fetchSources()])
let help: { of: string; program: ProgramHelp; project: string } | undefined
let last: Promise<unknown> = ready

globalThis.onmessage = ({ data }: MessageEvent<ToHelp>) => {
    last = last.then(async () => {
        for (const [path, content] of data.files) files.write(path, content)
        const answer = await answerTo(data).catch(() => undefined)
        globalThis.postMessage({ id: data.id, answer } satisfies FromHelp)
    })
}

async function answerTo({ root, entry, file, offset, question }: ToHelp): Promise<unknown> {
    const { program, project } = helpFor(root, entry)
    const name = relative(project, resolve(root, file))
    if (question.kind === "describe") return program.describe(name, offset, question.completion)
    return program[question.kind](name, offset)
}

/** One program at a time. */
function helpFor(root: string, entry: string) {
    const of = resolve(root, entry)
    if (help?.of === of) return help
    help?.program.end()
    const project = projectOf(of)
    const tools = async () => (await import("jacdac-ts")) as unknown as ServiceTools
    const program = new ProgramHelp(
        fetched("compiler"),
        filesOf(project),
        relative(project, of),
        tools,
    )
    return (help = { of, program, project })
}

/** The folder that has the project's configuration; the program's own where none has. */
function projectOf(path: string): string {
    for (let at = dirname(path); ; at = dirname(at)) {
        if (files.read(`${at}/devsconfig.json`) !== undefined) return at
        if (at === "/") return dirname(path)
    }
}

function filesOf(project: string): ProjectFiles {
    const decoder = new TextDecoder()
    const pathOf = (name: string) => resolve(project, name)
    return {
        resolve: pathOf,
        relative: path => relative(project, pathOf(path)),
        read: name => {
            const content = files.read(pathOf(name))
            return content instanceof Uint8Array ? decoder.decode(content) : content
        },
        list: name => files.list(pathOf(name)) ?? [],
    }
}
