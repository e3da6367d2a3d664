import type { TextOutput } from "../sink-kind"

/** Says on stderr what files there are now, by the names that the user gave them. */
export function noteWritten(
    stderr: Pick<TextOutput, "write">,
    isQuiet: boolean | undefined,
    names: readonly (string | undefined)[],
): void {
    const written = names.filter(name => name !== undefined)
    if (!isQuiet && written.length > 0) stderr.write(`heapscope: wrote ${written.join(", ")}\n`)
}
