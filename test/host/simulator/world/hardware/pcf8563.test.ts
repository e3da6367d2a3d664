import { expect, it } from "vitest"
import { Pcf8563 } from "../../../../../host/simulator/world/hardware/devices/pcf8563"

it("goes on from what it is set to, whole or in part, across the end of a year", () => {
    let nowMs = 5000
    const clock = new Pcf8563(() => nowMs)
    const time = () => {
        clock.write(Uint8Array.of(0x02))
        return [...clock.read(7)].map(digits => digits.toString(16))
    }
    // 23:59:58 on Sunday, 31 December 2023.
    clock.write(Uint8Array.of(0x02, 0x58, 0x59, 0x23, 0x31, 0x00, 0x12, 0x23))
    expect(time()).toEqual(["58", "59", "23", "31", "0", "12", "23"])
    nowMs += 3000
    expect(time()).toEqual(["1", "0", "0", "1", "1", "1", "24"])
    clock.write(Uint8Array.of(0x04, 0x17))
    nowMs += 60_000
    expect(time()).toEqual(["1", "1", "17", "1", "1", "1", "24"])
    // Its other registers are none of the time.
    clock.write(Uint8Array.of(0x00, 0x00, 0x00))
    expect(time()).toEqual(["1", "1", "17", "1", "1", "1", "24"])
})
