import * as ds from "@devicescript/core"

// The agent lives on the heap it reports of. So the loop below is one function without a call to
// another of the program's: every such call is a frame on that heap. What it calls is built in, and
// of a report nothing stays but the numbers in its own frame.

/** What the agent reads of a structure: all of `src/` that is bounded has it. */
export interface Watched {
    readonly length: number
    readonly capacity: number
    readonly highWaterMark: number
    /** Elements turned away. What gives elements up instead has `overwritten` or `evictions`. */
    readonly refused?: number
    readonly overwritten?: number
    readonly evictions?: number
    /** Of a cache: what it had when asked, and what not. Of an interner: the texts that it knew. */
    readonly hits?: number
    readonly misses?: number
    /** Of an interner: the texts that it was given, and the bytes that knowing them spared. */
    readonly total?: number
    readonly savedBytes?: number
    /** Of a pool of objects: how many it lent out. */
    readonly acquired?: number
    /** Of a pool of blocks: how many it handed out, how many of them used before, and the bytes too many. */
    readonly allocated?: number
    readonly reused?: number
    readonly wastedBytes?: number
}

export interface AgentOptions {
    /** Milliseconds from one report to the next, 10 at least. Default 1000. */
    intervalMs?: number
}

/** Characters of a report. A whole line is 21 more, which the firmware's 160 take. */
const LINE_BYTES = 96
/** Of those, what stays free for ` probe=120 *0000`. */
const TAIL_BYTES = 16
/** One report in this many tells where the agent's own buffer is, which never moves. */
const BASE_EVERY = 16
/** A probe larger than most holes that are left between a program's objects. */
const LARGE_BYTES = 120
/** So many of them one after another before the first figure, which fill the holes of a program's start. */
const RUN = 12
/** Most characters of a name. */
const MAX_NAME = 16
/** Numbers of elements end here: no heap of a board holds as many. */
const MAX_ELEMENTS = 99999
/** What a place of `watched` is for, and how far before it the name is. */
const FIGURES = 0
const WORTH = 2
/** What a structure is worth is counted as far as this. */
const MAX_COUNT = 999999999
/**
 * Characters that a structure's numbers take at most: three of elements and a count of 12 digits, or a
 * letter and three counts of 9 digits.
 */
const MAX_NUMBERS = 30
const MIN_INTERVAL_MS = 10

// What lets a host read the whole heap, byte for byte, through the debugger in every firmware. The
// debugger takes any word of the heap for an object's header if it looks like one, and gives as many
// bytes of a buffer as the 16 bits after its header say. Both of these look like the header of a buffer
// of 65,535 bytes: the number where it lies, at the heap's start among the global variables, and what
// is in the buffer. They cost 40 bytes; `host/link/heap-image/heap-window.ts` tells how they are used.
const FALSE_HEADER = 0x05000002
let windowFromStart = 0
let windowFromHere: Buffer

/** A name, then its structure, and so on; no name, for what the structure before it is worth. */
let watched: any[]
/** Nothing before the start, then `true`, or whom the reports are given as well. One variable, as each is 8 bytes. */
let running: any

/**
 * Adds a structure to the reports. Do it at the start: it keeps about 20 bytes of heap, and as many
 * again for one that counts what it is worth: a cache, an interner, a pool.
 *
 * @param name 1 to 16 letters, digits, `-`, `_` and `.`
 * @throws RangeError if the name is not one.
 */
export function register(name: string, structure: Watched): void {
    let good = name.length > 0 && name.length <= MAX_NAME
    for (let i = 0; i < name.length; i++) {
        const char = name.charCodeAt(i)
        const letter = char | 0x20
        if (
            !(letter >= 0x61 && letter <= 0x7a) &&
            !(char >= 0x30 && char <= 0x39) &&
            char !== 0x2d &&
            char !== 0x2e &&
            char !== 0x5f
        )
            good = false
    }
    if (!good)
        throw new RangeError(
            `"${name}" is not 1 to 16 letters, digits, dashes, dots or underscores`,
        )
    if (!watched) watched = []
    watched.push(name)
    watched.push(structure)
    const { hits, acquired, allocated } = structure
    if (hits === undefined && acquired === undefined && allocated === undefined) return
    watched.push(undefined)
    watched.push(structure)
}

/**
 * Gives every report from now on to a function as well: the line, and what the VM adds the address of.
 * It is waited for before the next report; what it throws is its own to catch.
 */
export function sendReports(send: (line: string, probe: Buffer) => Promise<void>): void {
    startMemoryAgent()
    const before = running
    running =
        before === true
            ? send
            : async (line: string, probe: Buffer) => {
                  await before(line, probe)
                  await send(line, probe)
              }
}

/**
 * Reports the heap and the registered structures over the log, a line every second:
 *
 * `hs1 seq=17 ms=17023 orders=3/12/12/0 probe=36     *5e2a: buffer:0x20001234`
 *
 * - `hs1`: this format, its first version.
 * - `seq`: counts the reports from 0 on; `ms`: the program's own milliseconds.
 * - a structure: elements in use, capacity, the most ever in use, turned away. Structures that have
 *   no room come in the next report.
 * - what a structure is worth, ` dishes:d150/146/2190`: `d`, an interner's texts, those it knew and the
 *   bytes spared; `h`, a cache's questions, hits and evictions; `r`, a pool's things lent out, those
 *   used before and the bytes too many. A line with one of these is `hs2`, all others are `hs1`.
 * - `probe`: bytes of a buffer made right now, whose address the VM itself adds at the end. The heap
 *   gives the first hole that fits, so the addresses of probes of 120 bytes, and of 36 every third time,
 *   tell how full it is and how broken up.
 * - `*`: the Fletcher-16 sum of what is before the star, in hexadecimal.
 *
 * The first four come at once, and before the last of them it makes buffers of 1.6 kB for nothing: they
 * fill the holes that the program's start has left, and tell where those end.
 *
 * It keeps 584 bytes of heap, adds about 1.7 kB to the program, and a report allocates at most 252
 * bytes, all garbage right after. A second call does nothing.
 */
export function startMemoryAgent(options?: AgentOptions): void {
    if (running) return
    running = true
    let interval = 1000
    if (options && options.intervalMs) interval = Math.max(MIN_INTERVAL_MS, options.intervalMs)
    windowFromStart = FALSE_HEADER
    windowFromHere = Buffer.alloc(12)
    windowFromHere.setAt(0, "u32", FALSE_HEADER)
    windowFromHere.setAt(4, "u16", 0xffff)
    const line = Buffer.alloc(LINE_BYTES)
    if (!watched) watched = []
    const start = async () => await reportForever(line, interval)
    start.start()
}

async function reportForever(line: Buffer, interval: number) {
    /** Which structure the next report begins with, as an index of `watched`. */
    let from = 0
    let at = 0
    let digits = 0
    let value = 0
    let sum = 0
    let size = 0
    let probe: any
    let text: any
    for (let seq = 0; ; seq++) {
        line.fillAt(0, LINE_BYTES, 0x20)
        line.blitAt(0, "hs1 seq=", 0, 8)
        at = 8
        // Field 0 is seq, field 1 ms, the last one probe; four each are a structure's in between.
        let left = watched.length * 2
        for (let field = 0; ; field++) {
            if (field === 0) value = seq
            else if (field === 1) {
                line.blitAt(at, " ms=", 0, 4)
                at += 4
                value = Math.floor(ds.millis())
            } else if (left > 0) {
                const part = (field - 2) & 3
                if (from >= watched.length) from = 0
                // All three for the moment, their own values come later: a name more is 8 bytes more.
                digits = watched[from] === undefined ? WORTH : FIGURES
                probe = watched[from + 1]
                if (part === 0) {
                    text = watched[from - digits]
                    const { length } = text
                    if (at + length + 2 + MAX_NUMBERS > LINE_BYTES - TAIL_BYTES) {
                        left = 0
                        field--
                        continue
                    }
                    line[at] = 0x20
                    line.blitAt(at + 1, text, 0, length)
                    at += length + 2
                    line[at - 1] = 0x3d
                    value = probe.length
                    if (digits === WORTH) {
                        line[at - 1] = 0x3a
                        line[2] = 0x32
                        line[at] = 0x72
                        value = probe.acquired
                        if (probe.allocated !== undefined) value = probe.allocated
                        else if (probe.misses !== undefined) {
                            line[at] = 0x68
                            value = probe.hits + probe.misses
                        } else if (probe.total !== undefined) {
                            line[at] = 0x64
                            value = probe.total
                        }
                        at++
                    }
                } else if (digits === WORTH && part === 3) {
                    from += 2
                    left--
                    continue
                } else {
                    line[at++] = 0x2f
                    if (part === 1) {
                        value = probe.capacity
                        if (digits === WORTH) {
                            value = probe.hits
                            if (probe.allocated !== undefined) value = probe.reused
                            else if (probe.acquired !== undefined)
                                value = probe.acquired - probe.highWaterMark
                        }
                    } else if (part === 2) {
                        value = probe.highWaterMark
                        if (digits === WORTH) {
                            value = probe.savedBytes
                            if (value === undefined) value = probe.evictions
                            if (value === undefined) value = probe.wastedBytes
                        }
                    } else {
                        value = probe.refused
                        if (value === undefined) value = probe.overwritten
                        if (value === undefined) value = probe.evictions
                        from += 2
                    }
                }
                if (digits === WORTH) {
                    if (value > MAX_COUNT) value = MAX_COUNT
                } else if (value > MAX_ELEMENTS && part !== 3) value = MAX_ELEMENTS
                left--
            } else {
                if (seq % BASE_EVERY === 0) {
                    line.blitAt(at, " base=", 0, 6)
                    at += 6
                    value = LINE_BYTES
                } else {
                    line.blitAt(at, " probe=", 0, 7)
                    at += 7
                    size = seq === 1 ? 0 : seq % 3 === 2 ? 36 : LARGE_BYTES
                    value = size
                }
                left = -1
            }
            // What is no count, or does not fit its place, is not one to show.
            if (!(value >= 0 && value < 1e12)) value = 0
            digits = 1
            for (sum = 10; sum <= value; sum *= 10) digits++
            at += digits
            for (let i = 1; i <= digits; i++) {
                sum = Math.floor(value / 10)
                line[at - i] = 0x30 + (value - sum * 10)
                value = sum
            }
            if (left < 0) break
        }
        line[LINE_BYTES - 5] = 0x2a
        // Fletcher's two sums; neither outgrows an integer here.
        sum = 0
        value = 0
        for (let i = 0; i < LINE_BYTES - 5; i++) {
            sum += line[i]
            value += sum
        }
        sum = ((value % 255) << 8) | (sum % 255)
        for (let i = 1; i <= 4; i++) {
            value = sum & 15
            line[LINE_BYTES - i] = value < 10 ? 0x30 + value : 0x57 + value
            sum >>= 4
        }
        // Both by name, and let go of before the sleep: the compiler would keep them in this frame.
        text = line.toString()
        // After the text, which may have the heap collected.
        if (seq % BASE_EVERY === 0) probe = line
        else probe = Buffer.alloc(size)
        ;(ds as any)._logRepr(probe, text)
        if (running !== true) await running(text, probe)
        text = undefined
        if (seq === 2) for (digits = 0; digits < RUN; digits++) probe = Buffer.alloc(LARGE_BYTES)
        probe = undefined
        if (seq > 2) await ds.sleep(interval)
    }
}
