import type { TextOutput } from "../sink-kind"

/** Tells people at a terminal what files there are now, by the names that they gave them. */
export function noteWritten(
    stderr: Pick<TextOutput, "isTTY" | "write">,
    isQuiet: boolean | undefined,
    names: readonly (string | undefined)[],
): void {
    const written = names.filter(name => name !== undefined)
    if (stderr.isTTY && !isQuiet && written.length > 0)
        stderr.write(`heapscope: wrote ${written.join(", ")}\n`)
}
