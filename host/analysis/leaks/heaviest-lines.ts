import type { StackFrame } from "../../model/figures"

/** Names the place of the program at a pc that points past its instruction. */
export type LineOf = (pc: number) => StackFrame | undefined

/** A line, and what of some blocks it allocated. */
export interface Line {
    frame: StackFrame
    bytes: number
    blocks: number
}

/** Sums up blocks, one by one or by places, by the line that allocated them, most bytes first; a line can have several places. */
export function heaviestLines(
    parts: readonly { pc: number | undefined; bytes: number; blocks?: number }[],
    lineOf: LineOf,
): Line[] {
    const byLine = new Map<string, Line>()
    for (const { pc, bytes, blocks = 1 } of parts) {
        const frame = pc ? lineOf(pc) : undefined
        if (!frame) continue
        const key = `${frame.file}:${frame.line}`
        const line = byLine.get(key)
        if (line) {
            line.bytes += bytes
            line.blocks += blocks
        } else byLine.set(key, { frame, bytes, blocks })
    }
    return [...byLine.values()].sort((a, b) => b.bytes - a.bytes)
}
