import { UserError } from "../../base/errors"
import { formatBytesExact } from "../../base/format-units"
import type { DebugInfo } from "../../model/program/debug-info"
import { isLibraryPath } from "../../model/program/source-map"
import type { BoardLink } from "../board-link"
import type { Failure, RunFlags } from "../board-messages"
import { MAX_FILES, MAX_PROJECT_BYTES, whyNotNamed } from "../editor/file-name"
import { OPENED_ROOT, type OpenedFile, type Project } from "../project"

/** It is in memory twice: here, and in the worker that reads it. Bytes. */
const MAX_BYTES = 256 << 20
/** Where what is opened is looked at, before it takes the place of what is open. */
const LOOKED_AT = "/looked-at"
/** How a recording of any version begins, and a packed one. */
const RECORDING_STARTS = ['{"schema":"heapscope/recording@', "\x1f\x8b\x08\x10"]

/** What of the board's worker it needs. */
type Reader = Pick<BoardLink, "write" | "build" | "header">

/**
 * What is to be run or played as it is, of files that somebody chose: a compiled program, with its debug
 * information where that was chosen, too; a recording.
 * @param before what is open: what is known of it may come after it
 * @returns undefined where there is neither
 * @throws UserError saying why one cannot be opened
 */
export async function openedFile(
    reader: Reader,
    chosen: readonly File[],
    before?: OpenedFile,
): Promise<Project | undefined> {
    const bytecode = chosen.find(({ name }) => /\.devs$/i.test(name))
    if (bytecode) return openBytecode(reader, bytecode, chosen)
    for (const file of chosen) if (await isRecording(file)) return openRecording(reader, file)
    const debug = chosen.find(({ name }) => name.endsWith("-dbg.json"))
    if (debug && chosen.length === 1) {
        const [program] = before?.kind === "bytecode" ? before.data : []
        if (program) return openBytecode(reader, fileOf(program), chosen)
        throw new UserError(
            "E_VALUE",
            `${debug.name} is what is known of a compiled program: open the .devs file together with it.`,
        )
    }
    return undefined
}

async function openBytecode(reader: Reader, file: File, chosen: readonly File[]): Promise<Project> {
    const entry = nameOf(file).replace(/\.devs$/i, ".devs")
    const debugName = entry.replace(/\.devs$/, "-dbg.json")
    const debugFile =
        chosen.find(({ name }) => name === debugName) ??
        chosen.find(({ name }) => name.endsWith("-dbg.json"))
    const data = new Map([[entry, await bytesOf(file)]])
    if (debugFile) data.set(debugName, await bytesOf(debugFile))
    const { debug } = await lookAt(reader, data, cwd => reader.build({ cwd, entry, flags: {} }))
    const files = debug ? sourcesOf(debug) : {}
    const about = debug
        ? `${entry} runs as it was compiled; its sources are here to be read.`
        : `${entry} runs as it was compiled, without names and lines: open ${debugName} together with it to have them.`
    return opened(entry, { kind: "bytecode", data, about }, files, {})
}

async function openRecording(reader: Reader, file: File): Promise<Project> {
    const entry = nameOf(file)
    const data = new Map([[entry, await bytesOf(file)]])
    const { program, board, startedAt } = await lookAt(reader, data, cwd =>
        reader.header({ cwd, entry, flags: {} }),
    )
    const about = `A recording of ${program.entry} on ${board.id}, heap ${formatBytesExact(board.heapBytes)}, begun ${new Date(startedAt).toLocaleString()}.`
    // Whoever opens one wants to look around in it.
    return opened(entry, { kind: "recording", data, about }, {}, { speed: "max" })
}

function opened(
    entry: string,
    file: OpenedFile,
    files: Record<string, string>,
    flags: RunFlags,
): Project {
    return { title: entry, root: OPENED_ROOT, entry, files, flags, opened: file }
}

/** What the worker finds, with the files in a place of their own. @throws UserError as it says it */
async function lookAt<T>(
    reader: Reader,
    data: OpenedFile["data"],
    look: (cwd: string) => Promise<T>,
): Promise<T> {
    const paths = [...data].map(([name, bytes]) => [`${LOOKED_AT}/${name}`, bytes] as const)
    reader.write(paths.map(([path, bytes]) => [path, bytes]))
    try {
        return await look(LOOKED_AT)
    } catch (error) {
        const { code, message } = error as Failure
        throw new UserError(code, message)
    } finally {
        reader.write(paths.map(([path]) => [path, undefined]))
    }
}

/** The program's own sources that can be shown, the one that the board starts first. */
function sourcesOf({ sources }: DebugInfo): Record<string, string> {
    const files: Record<string, string> = {}
    let length = 0
    for (const { path, text } of sources) {
        if (text === undefined || isLibraryPath(path)) continue
        const names = Object.keys(files)
        length += text.length
        if (names.length === MAX_FILES || 3 * length > MAX_PROJECT_BYTES) break
        if (whyNotNamed(path, names) === undefined) files[path] = text
    }
    return files
}

async function isRecording(file: File): Promise<boolean> {
    if (/\.ndjson(\.gz)?$/i.test(file.name)) return true
    const bytes = new Uint8Array(await file.slice(0, RECORDING_STARTS[0]!.length).arrayBuffer())
    const start = String.fromCharCode(...bytes)
    return RECORDING_STARTS.some(one => start.startsWith(one))
}

async function bytesOf(file: File): Promise<Uint8Array> {
    if (file.size <= MAX_BYTES) return new Uint8Array(await file.arrayBuffer())
    throw new UserError(
        "E_READ",
        `${file.name} cannot be opened: it has more than ${formatBytesExact(MAX_BYTES)}.`,
    )
}

function fileOf([name, bytes]: readonly [string, Uint8Array]): File {
    return new File([new Uint8Array(bytes)], name)
}

/** As a path of one part. */
function nameOf({ name }: File): string {
    return name.replace(/[/\\]/g, "_")
}
