import { expect, test } from "vitest"
import { Hands } from "../../../../host/simulator/world/hands"
import { PinsWorld } from "../../../../host/simulator/world/hardware/pins-world"
import { QUIET } from "../../../../host/simulator/world/hardware/surroundings"

const BUTTON = 5
const KNOB = 26
const CONTACTS = [10, 11] as const

/** Pins where nothing happens by itself, and a clock. */
function board() {
    const clock = { nowMs: 1000 }
    const hands = new Hands(() => clock.nowMs)
    const pins = new PinsWorld(QUIET, () => clock.nowMs, hands)
    return { clock, hands, pins }
}

test("a press closes every button for a moment, whatever its level at rest is", () => {
    const { clock, hands, pins } = board()
    pins.release(BUTTON, "input", "up")
    pins.release(BUTTON + 1, "input", "down")
    const levels = () => [pins.level(BUTTON), pins.level(BUTTON + 1)]
    expect(levels()).toEqual([1, 0])
    hands.press()
    expect(levels()).toEqual([0, 1])
    clock.nowMs += 179
    expect(levels()).toEqual([0, 1])
    clock.nowMs += 1
    expect(levels()).toEqual([1, 0])
})

test("a knob is turned click by click, on and back, within its range", () => {
    const { clock, hands, pins } = board()
    pins.release(KNOB, "analog", "none")
    expect(pins.analog(KNOB)).toBe(0)
    hands.turn(10)
    clock.nowMs += 450
    expect(pins.analog(KNOB)).toBe(Math.round(65_535 / 4))
    clock.nowMs += 450
    expect(pins.analog(KNOB)).toBe(Math.round(65_535 / 2))
    hands.turn(-20)
    clock.nowMs += 5000
    expect(pins.analog(KNOB)).toBe(0)
})

test("an encoder's contacts close a quarter of a click after one another", () => {
    const { clock, hands, pins } = board()
    pins.wired("rotary encoder", CONTACTS)
    for (const pin of CONTACTS) pins.release(pin, "input", "up")
    const quarters = (clicks: number) => {
        hands.turn(clicks)
        const seen: string[] = []
        for (let ms = 0; ms < Math.abs(clicks) * 90 + 20; ms++) {
            clock.nowMs++
            const now = CONTACTS.map(pin => pins.level(pin)).join("")
            if (now !== seen.at(-1)) seen.push(now)
        }
        return seen
    }
    const on = quarters(2)
    expect(on.join(" ")).toBe("00 10 11 01 00 10 11 01 00")
    expect(quarters(-1).join(" ")).toBe("01 11 10 00")
})
