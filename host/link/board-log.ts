import type { LogLine } from "../model/figures"
import type { MemoryEvent } from "../model/events"

const LEVELS: Record<string, LogLine["level"]> = {
    "> ": "log",
    "? ": "debug",
    "* ": "warn",
    "! ": "error",
}

/** What the runtime says in the program's own levels: starts, stops, its banner, traces, refusals. */
const RUNTIME_LINE = new RegExp(
    [
        /\* (?:start|stop|Exception|DeviceScript|RESTART)/,
        // The board's own name, as its definition has it (`verify.c`).
        /\* .+ v\d+\.\d+\.\d+; file v\d/,
        /[*!] {2}/,
        /! (?:Exception: |Unhandled exception$|User-requested JD_PANIC|version mismatch$)/,
        /! (?:verification failure: |block corruption: |invalid pkt size: |missing \d+ bytes )/,
    ]
        .map(({ source }) => `^${source}`)
        .join("|"),
)

/** The runtime's last words (`fibers.c` of the VM), and its code for them (`devicescript.h`). */
const DEATHS: readonly (readonly [RegExp, number])[] = [
    [/^! Exception: OutOfMemory$/, 60_004],
    [/^! Exception: InfiniteLoop$/, 60_001],
    [/^! Exception: StackOverflow$/, 60_006],
    [/^! Unhandled exception$/, 60_005],
]
const OTHER_DEATH = /^! Exception: Panic_(\d{1,6}) at \(gpc:\d+\)$/

/**
 * A line of a real board's log, by its marker: what the program printed, or the runtime with its
 * marker left on. On the wire the two share markers, so a program can imitate the runtime.
 */
export function readBoardLine(line: string, atMs: number): LogLine {
    const level = RUNTIME_LINE.test(line) ? undefined : LEVELS[line.slice(0, 2)]
    return level ? { atMs, level, text: line.slice(2) } : { atMs, level: "runtime", text: line }
}

/** The death that a line of the runtime tells of, if it does. */
export function deathIn({ atMs, level, text }: LogLine): MemoryEvent | undefined {
    if (level !== "runtime") return undefined
    const code =
        DEATHS.find(([words]) => words.test(text))?.[1] ?? Number(OTHER_DEATH.exec(text)?.[1] ?? 0)
    return code === 0 ? undefined : { kind: "panic", atMs, code }
}
