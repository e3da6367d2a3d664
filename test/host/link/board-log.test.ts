import { expect, test } from "vitest"
import { deathIn, readBoardLine } from "../../../host/link/board-log"

test.each([
    ["> hello", "log", "hello"],
    ["> ", "log", ""],
    ["? why", "debug", "why"],
    ["* careful", "warn", "careful"],
    ["! my own error", "error", "my own error"],
    ["* start: station main", "runtime", "* start: station main"],
    ["*  at check_F3 (pc:22)", "runtime", "*  at check_F3 (pc:22)"],
    ["!  at inline_F2 (pc:22)", "runtime", "!  at inline_F2 (pc:22)"],
    ["!  ...", "runtime", "!  ..."],
    [
        "* Raspberry Pi Pico v2.16.0; file v2.16.4",
        "runtime",
        "* Raspberry Pi Pico v2.16.0; file v2.16.4",
    ],
    ["* version 2.16.0 of my own", "warn", "version 2.16.0 of my own"],
    ["! version mismatch", "runtime", "! version mismatch"],
    ["! missing 32 bytes (of 64)", "runtime", "! missing 32 bytes (of 64)"],
    ["! missing one", "error", "missing one"],
    ["! Unhandled exception", "runtime", "! Unhandled exception"],
    ["stats: 5 objects", "runtime", "stats: 5 objects"],
    ["", "runtime", ""],
])("%j is of level %s", (line, level, text) => {
    expect(readBoardLine(line, 7)).toEqual({ atMs: 7, level, text })
})

test.each([
    ["! Exception: OutOfMemory", 60_004],
    ["! Exception: InfiniteLoop", 60_001],
    ["! Exception: StackOverflow", 60_006],
    ["! Unhandled exception", 60_005],
    ["! Exception: Panic_60002 at (gpc:123)", 60_002],
    ["! Exception: Panic_x at (gpc:123)", undefined],
    ["> ! Exception: OutOfMemory", undefined],
    ["! out of memory", undefined],
])("%j tells of the death %s", (line, code) => {
    expect(deathIn(readBoardLine(line, 7))).toEqual(
        code === undefined ? undefined : { kind: "panic", atMs: 7, code },
    )
})
