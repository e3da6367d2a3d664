import type { LogLine } from "./figures"

type Line = Pick<LogLine, "level" | "text">

/**
 * A frame in what the VM logs of an exception (`*`), of a panic (`!`, `fibers.c`), and in its list of blocks
 * when no memory is left (`act:`, `gc_alloc.c`): the function's number, and the pc from its start.
 */
const TRACE_FRAME = /^(?:[*!] {2}at|act:) \S*_F(\d+) \(pc:(\d+)\)$/

/** What the firmware logs of each pin as it boots (`impl_gpio.c`), beside a line that counts them. */
const PIN_LINE = /^GPIO: init\[\d+\]/

/** What the firmware logs when it starts a program (`devsmgr.c`). */
const START_LINE = /^\* start: /

/** What the runtime logs as it starts a program, and with each trace (`devicescript.c`, `try.c`). */
const HASH_LINE = /^DevS-SHA256: ([0-9a-f]{64})$/

/** The place that a line of a trace tells of; undefined when it is none. */
export function traceFrame({ text }: Line): { functionIndex: number; pc: number } | undefined {
    const frame = TRACE_FRAME.exec(text)
    return frame ? { functionIndex: Number(frame[1]), pc: Number(frame[2]) } : undefined
}

/** Whether a line says that a program runs: it prints, or has just been started. */
export function isAlive(line: Line): boolean {
    return line.level === "log" || isStart(line)
}

/** Whether a line is the firmware's about starting a program. */
export function isStart({ level, text }: Line): boolean {
    return level === "runtime" && START_LINE.test(text)
}

/** The SHA-256 of the running program's bytecode where a line tells it, in hex; undefined for any other line. */
export function runningProgram({ level, text }: Line): string | undefined {
    return level === "runtime" ? HASH_LINE.exec(text)?.[1] : undefined
}

/** Whether a line is one of some thirty about the board's pins, which nobody needs to see at each start. */
export function isPinLine({ level, text }: Line): boolean {
    return level === "runtime" && PIN_LINE.test(text)
}
