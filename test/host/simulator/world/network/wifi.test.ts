import fc from "fast-check"
import { expect, it } from "vitest"
import { OBLIGING_WIFI, STRICT_WIFI, Wifi } from "../../../../../host/simulator/world/network/wifi"

it("says when what is true now ends", () => {
    const seed = fc.integer({ min: 0, max: 0xffffffff })
    const atMs = fc.integer({ min: 0, max: 3 * 86_400_000 })
    fc.assert(
        fc.property(seed, atMs, fc.constantFrom(OBLIGING_WIFI, STRICT_WIFI), (seed, atMs, plan) => {
            const wifi = new Wifi(seed, plan)
            const nextMs = wifi.changesAtMs(atMs)
            expect(nextMs).toBeGreaterThan(atMs)
            expect(wifi.isUp(nextMs - 1)).toBe(wifi.isUp(atMs))
            expect(wifi.isUp(nextMs)).toBe(!wifi.isUp(atMs))
        }),
        { seed: 14 },
    )
})

it("is away within two hours, and not in the first one", () => {
    const wifi = new Wifi(1, OBLIGING_WIFI)
    expect(wifi.isUp(0)).toBe(true)
    const dropsMs = wifi.changesAtMs(0)
    expect(dropsMs).toBeGreaterThan(3_600_000)
    expect(dropsMs).toBeLessThan(7_200_000)
    expect(wifi.changesAtMs(dropsMs) - dropsMs).toBeLessThanOrEqual(60_001)
})
