import { expect, test } from "vitest"
import { hasReset } from "../../../../host/link/deploy/start-program"

test("a board has reset if its clock went back, or stood still while it was away", () => {
    const after = (upMs: number, isUpMs: number, passedMs: number, wasAway: boolean) =>
        hasReset({ upMs, isUpMs, passedMs, wasAway })
    expect(after(60_000, 1500, 2000, true)).toBe(true)
    expect(after(60_000, 1500, 2000, false)).toBe(true)
    // Reset right after it was switched on: up for longer than before.
    expect(after(800, 1500, 2000, true)).toBe(true)
    expect(after(60_000, 62_000, 2000, true)).toBe(false)
    // Emulated, and slow.
    expect(after(60_000, 60_400, 2000, false)).toBe(false)
})
