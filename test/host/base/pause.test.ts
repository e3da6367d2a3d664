import { expect, it } from "vitest"
import { nextTurn, sleep } from "../../../host/base/pause"

it("lets others have their turn without a timer's delay", async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const began = performance.now()
    let rounds = 0
    while (performance.now() - began < 50) {
        await nextTurn()
        rounds++
    }
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
    expect(rounds).toBeGreaterThan(100)
})

it("waits as long as it is told, or until it is told to stop", async () => {
    const began = performance.now()
    await sleep(30)
    expect(performance.now() - began).toBeGreaterThanOrEqual(29)

    const stop = new AbortController()
    const waiting = sleep(60_000, stop.signal)
    stop.abort()
    await waiting
    await sleep(60_000, stop.signal)
    expect(performance.now() - began).toBeLessThan(10_000)
})
