const BLOCKS = [..."▁▂▃▄▅▆▇█"]

/** Numbers as a line of blocks: the lowest for 0, the highest for the most of them. */
export function sparkline(values: readonly number[]): string {
    const most = Math.max(0, ...values)
    const scale = most > 0 ? (BLOCKS.length - 1) / most : 0
    return values.map(value => BLOCKS[Math.round(value * scale)]).join("")
}
