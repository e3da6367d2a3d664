import { expect, test } from "vitest"
import { listLessons } from "../../host/tasks/lesson/catalogue"
import { errorsOf } from "../../host/analysis/recordings/estimate-error"
import { AgentEvents } from "../../host/link/agent/agent-events"
import { powerOn } from "./harness"
import { countOf, shareOf } from "./share"
import { withAgent } from "./with-agent"

const HEAP = 65_536
const FOR_MS = 60_000
interface Estimates {
    program: string
    /** By how much each was off, in bytes, ascending. */
    off: number[]
    /** How many lay within the error that they state, and of live bytes and largest free blocks in theirs. */
    within: number
    liveWithin: number
    largestWithin: number
}

/** Runs a program for a minute and sets every estimate against the heap itself. */
async function estimate(program: string): Promise<Estimates> {
    const { board, log } = await powerOn(withAgent(program), HEAP)
    const agent = new AgentEvents(HEAP)
    const off: number[] = []
    let within = 0
    let liveWithin = 0
    let largestWithin = 0
    let read = 0
    while (board.nowMs < FOR_MS && board.step(FOR_MS))
        for (; read < log.length; read++)
            for (const event of agent.add(log[read]!)) {
                if (event.kind !== "sample") continue
                const now = board.sample()
                const errors = errorsOf(event, HEAP)
                const by = Math.abs(event.usedBytes - now.usedBytes)
                off.push(by)
                if (by <= event.estimate!.errorBytes) within++
                if (Math.abs(event.liveBytes - now.liveBytes) <= errors.live) liveWithin++
                const { largestFreeBytes } = event
                if (Math.abs(largestFreeBytes - now.largestFreeBytes) <= errors.largestFree)
                    largestWithin++
            }
    return { program, off: off.sort((a, b) => a - b), within, liveWithin, largestWithin }
}

const median = (sorted: number[]) => sorted[sorted.length >> 1]!
const share = (bytes: number) => `${((bytes / HEAP) * 100).toFixed(1)} %`

test("estimates are off by 5 % of the heap at most in the median, and know it", async () => {
    const programs = ["station/main", "station/wasteful"].concat(
        shareOf(listLessons(), 5).flatMap(({ name, programs }) => [
            `lessons/${name}/wasteful`,
            `lessons/${name}/${programs.structure ? "structure" : "by-hand"}`,
        ]),
    )
    const found: Estimates[] = []
    const left = [...programs]
    const worker = async () => {
        for (let program = left.shift(); program; program = left.shift())
            found.push(await estimate(program))
    }
    await Promise.all([worker(), worker()])
    const all = found.flatMap(({ off }) => off).sort((a, b) => a - b)
    expect(all.length).toBeGreaterThan(programs.length * 40)
    const partOf = (of: (one: Estimates) => number) =>
        found.reduce((sum, one) => sum + of(one), 0) / all.length
    const within = partOf(one => one.within)
    const liveWithin = partOf(one => one.liveWithin)
    const largestWithin = partOf(one => one.largestWithin)
    found.sort((a, b) => median(b.off) - median(a.off))
    const worst = median(found[0]!.off)
    const mean = all.reduce((sum, by) => sum + by, 0) / all.length
    console.log(
        `median ${median(all)} B (${share(median(all))}), mean ${share(mean)}, ` +
            `${(within * 100).toFixed(1)} % within their error, ` +
            `live ${(liveWithin * 100).toFixed(1)} %, largest free block ${(largestWithin * 100).toFixed(1)} %; programs' medians from the worst on:\n` +
            found.map(({ program, off }) => `  ${share(median(off))} ${program}`).join("\n"),
    )
    expect(median(all)).toBeLessThan(0.05 * HEAP)
    // A list that grows one by one leaves its old rows as garbage, which the log does not tell of.
    expect(worst).toBeLessThan(0.07 * HEAP)
    // One lesson of a few weighs more than of all.
    const spared = countOf(0.15, 0)
    expect(within).toBeGreaterThan(0.9 - spared)
    // What a comparison of recordings rests on.
    expect(liveWithin).toBeGreaterThan(0.88 - spared)
    expect(largestWithin).toBeGreaterThan(0.9 - spared)
}, 400_000)
