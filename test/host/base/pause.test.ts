import { expect, it } from "vitest"
import { nextTurn, sleep } from "../../../host/base/pause"

it("lets others have their turn without a timer's delay", async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    for (let rounds = 0; turns < 5 && rounds < 1_000_000; rounds++) await nextTurn()
    clearInterval(timer)
    expect(turns).toBe(5)

    // On a machine that stands still, the timer may be first, but not each time.
    let earlier = 0
    for (let tries = 0; tries < 1000 && earlier < 5; tries++) {
        const timer = sleep(1).then(() => "timer")
        if ((await Promise.race([timer, nextTurn()])) === undefined) earlier++
    }
    expect(earlier).toBe(5)
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
