import { expect, test } from "vitest"
import { powerOn } from "./harness"

const SECONDS = 3

test("alarms ring between the board's steps and change nothing of what it does", async () => {
    const plain = await powerOn("live-objects")
    plain.board.runUntil(SECONDS * 1000)

    const { board, log } = await powerOn("live-objects")
    const rung: string[] = []
    board.clock.every(1000_000, () => void rung.push(`before ${board.nowMs}`), "before", 0)
    board.clock.every(1000_000, () => void rung.push(`after ${board.nowMs}`), "after", 0)
    board.clock.every(7_777, () => void board.sample(), "after")
    board.runUntil(SECONDS * 1000)

    expect(rung).toEqual(
        Array.from({ length: SECONDS }, (_, i) => [
            `before ${(i + 1) * 1000}`,
            `after ${(i + 1) * 1000}`,
        ]).flat(),
    )
    expect(log).toEqual(plain.log)
    expect(board.sample()).toEqual(plain.board.sample())
    expect(board.instructions).toBe(plain.board.instructions)
})

test("an alarm acts on the board before it runs at that time; one after it sees what came of it", async () => {
    const { board } = await powerOn("live-objects")
    board.runUntil(1000)
    const AT = 1_500_000
    const times: Record<string, number> = {}
    board.clock.at(AT, () => (times.after = board.clock.nowUs), "after")
    board.clock.at(AT, () => {
        times.before = board.clock.nowUs
        board.reset()
        times.reset = board.clock.nowUs
    })
    board.runUntil(AT / 1000)
    expect(times.before).toBe(AT)
    // Its clock goes on by each look that the firmware takes at it.
    expect(times.after).toBeGreaterThan(times.reset!)
})

test("observers of allocations are a list: adding one replaces none", async () => {
    const { board } = await powerOn("live-objects")
    const counts = [0, 0, 0]
    const observers = counts.map((_, i) => () => void counts[i]!++)
    const ends = observers.map(observer => board.observe(observer))
    const before = board.sample().allocations
    board.runUntil(1000)
    const during = board.sample().allocations
    ends[1]!()
    board.runUntil(2000)
    const { allocations } = board.sample()
    expect(during).toBeGreaterThan(before)
    expect(counts).toEqual([allocations - before, during - before, allocations - before])
})
