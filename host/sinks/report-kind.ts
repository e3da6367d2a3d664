import { resolve } from "node:path"
import { writeWhole } from "../base/node/write-file"
import { noteWritten } from "./files/note-written"
import type { TextOutput } from "./sink-kind"
import type { Style } from "./terminal/text/style"

/** All flags as they were given, by their names in camel case. */
type Flags = Readonly<Record<string, unknown>>

/** A way to show or keep what a command found out, as its table has it. */
export interface ReportKind<T> {
    /** Its own flag, as the help shows it: `--flame <file>`; without one it is printed. */
    flag?: string
    text?: string
    /** Which of those that are printed it is to be: the first of the table. Default: this one. */
    isWanted?(flags: Flags): boolean
    /** @throws UserError for a report that cannot be shown so */
    render(report: T, style: Style): string | Uint8Array
}

/** Where reports go. */
export interface ReportRequest {
    flags: Flags
    /** Where relative paths start. */
    cwd: string
    stdout: Pick<TextOutput, "write">
    /** Where people are told which files were written, unless the flags say `quiet`. */
    stderr: Pick<TextOutput, "isTTY" | "write">
    style: Style
}

/**
 * Writes a report to all files that are asked for, and prints it. Nothing is written of one that cannot
 * be shown in one of the ways.
 * @throws UserError for a file that cannot be written
 */
export async function showReport<T>(
    kinds: readonly ReportKind<T>[],
    report: T,
    { flags, cwd, stdout, stderr, style }: ReportRequest,
): Promise<void> {
    const files = kinds.flatMap(kind => {
        const name = kind.flag === undefined ? undefined : flags[valueName(kind.flag)]
        return typeof name === "string"
            ? [{ name, path: resolve(cwd, name), content: kind.render(report, style) }]
            : []
    })
    const printed = kinds.find(({ flag, isWanted }) => !flag && (isWanted?.(flags) ?? true))
    const text = printed?.render(report, style)
    for (const { path, content } of files) await writeWhole(path, content)
    noteWritten(
        stderr,
        !!flags["quiet"],
        files.map(({ name }) => name),
    )
    if (typeof text === "string") stdout.write(text)
}

/** The files that are asked for, by flag: undefined for one that is not. */
export function filesAskedFor(
    kinds: readonly Pick<ReportKind<unknown>, "flag">[],
    flags: Flags,
): Record<string, string | undefined> {
    return Object.fromEntries(
        kinds.flatMap(({ flag = "" }) => {
            const [name = ""] = flag.split(" ")
            return name === "" ? [] : [[name, flags[valueName(flag)] as string | undefined]]
        }),
    )
}

/** The name that a flag's value goes by: `mapOverTime` of `--map-over-time <file>`. */
export function valueName(flag: string): string {
    const [name = ""] = flag.slice(2).split(" ")
    return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
