import { expect, test } from "vitest"
import { isAlive, isPinLine, traceFrame } from "../../../host/model/runtime-lines"

const line = (text: string, level: "runtime" | "log" = "runtime") => ({ level, text })

test.each([
    ["*  at check_F3 (pc:22)", { functionIndex: 3, pc: 22 }],
    ["!  at inline_F2 (pc:22)", { functionIndex: 2, pc: 22 }],
    ["!  at Kitchen.prototype.add_F17 (pc:4)", { functionIndex: 17, pc: 4 }],
    ["act: depth_F3 (pc:7)", { functionIndex: 3, pc: 7 }],
    ["!  ...", undefined],
    ["*  at unknown (gpc:12)", undefined],
    ["call at check_F3 (pc:22)", undefined],
])("%j is a frame of %o", (text, frame) => {
    expect(traceFrame(line(text))).toEqual(frame)
})

test("who prints, or has just been started, is alive", () => {
    expect(isAlive(line("hello", "log"))).toBe(true)
    expect(isAlive(line("* start: station main"))).toBe(true)
    expect(isAlive(line("* start: station main", "log"))).toBe(true)
    expect(isAlive(line("! Exception: OutOfMemory"))).toBe(false)
    expect(isAlive(line("* stop program"))).toBe(false)
})

test("the board's pins are told of one by one by the firmware alone", () => {
    expect(isPinLine(line("GPIO: init[3] GP22 -> 22 (=-1)"))).toBe(true)
    expect(isPinLine(line("GPIO: init: 26 pins"))).toBe(false)
    expect(isPinLine(line("GPIO: init[3] GP22 -> 22 (=-1)", "log"))).toBe(false)
})
