import fc from "fast-check"
import { expect, it } from "vitest"
import { As5600 } from "../../../../../host/simulator/world/hardware/devices/as5600"
import { makeSurroundings, QUIET } from "../../../../../host/simulator/world/surroundings"

/** What a program reads from a register on. */
function read(sensor: As5600, register: number, size: number): number[] {
    sensor.write(Uint8Array.of(register))
    return [...sensor.read(size)]
}

it("tells where its shaft is in 12 bits, the same in both registers, and that a magnet is there", () => {
    fc.assert(
        fc.property(fc.double({ min: 0, max: 1, noNaN: true }), share => {
            const sensor = new As5600({ ...QUIET, knob: () => share }, () => 0)
            const [high, low, ...angle] = read(sensor, 0x0c, 4)
            expect(angle).toEqual([high, low])
            const turned = (high! * 256 + low!) / 4096
            // A whole turn is where it began.
            expect(Math.abs(turned - (share === 1 ? 0 : share))).toBeLessThan(1 / 4096)
            expect(read(sensor, 0x0b, 1)).toEqual([0x20])
        }),
    )
})

it("is turned in a made-up world", () => {
    let nowMs = 0
    const sensor = new As5600(makeSurroundings(1), () => nowMs)
    const degrees = new Set<number>()
    for (; nowMs < 60_000; nowMs += 1000) {
        const [high, low] = read(sensor, 0x0c, 2)
        degrees.add(Math.floor(((high! * 256 + low!) / 4096) * 360))
    }
    expect(degrees.size).toBeGreaterThan(5)
})
