import type { StackFrame } from "../../model/figures"

/** Names the place of the program at a pc that points past its instruction. */
export type LineOf = (pc: number) => StackFrame | undefined

/** A line, and what of some blocks it allocated. */
export interface Line {
    frame: StackFrame
    bytes: number
    blocks: number
}

/** Sums blocks up by the line that allocated them, most bytes first; a line can have several places. */
export function heaviestLines(
    blocks: readonly { pc: number | undefined; bytes: number }[],
    lineOf: LineOf,
): Line[] {
    const byLine = new Map<string, Line>()
    for (const { pc, bytes } of blocks) {
        const frame = pc ? lineOf(pc) : undefined
        if (!frame) continue
        const key = `${frame.file}:${frame.line}`
        const line = byLine.get(key)
        if (line) {
            line.bytes += bytes
            line.blocks++
        } else byLine.set(key, { frame, bytes, blocks: 1 })
    }
    return [...byLine.values()].sort((a, b) => b.bytes - a.bytes)
}
