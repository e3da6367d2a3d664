const HEAP_START = 0x20001000
/** The agent's own buffer. */
const BASE = HEAP_START + 404
/** What a report allocates. */
const REPORT_BYTES = 252

/** A line as the agent writes it, of a program that allocates nothing else. */
export function reportLine(seq: number, uptimeOffMs = 0): string {
    const isBase = seq % 16 === 0
    const probe = isBase ? "base=96" : `probe=${seq === 1 ? 0 : seq % 3 === 2 ? 36 : 120}`
    const address = isBase ? BASE : BASE + 4096 + ((seq * REPORT_BYTES) % 12_000)
    const body = `hs1 seq=${seq} ms=${seq * 1000 + 10 + uptimeOffMs} ${probe}`.padEnd(91)
    let first = 0
    let second = 0
    for (const char of body) {
        first = (first + char.charCodeAt(0)) % 255
        second = (second + first) % 255
    }
    const sum = ((second << 8) | first).toString(16).padStart(4, "0")
    return `${body}*${sum}: buffer:0x${address.toString(16).toUpperCase()}`
}
