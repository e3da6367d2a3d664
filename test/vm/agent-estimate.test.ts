import { expect, test } from "vitest"
import { listLessons } from "../../host/lesson/catalogue"
import { AgentEvents } from "../../host/link/agent-events"
import { powerOn } from "./harness"
import { withAgent } from "./with-agent"

const HEAP = 65_536
const FOR_MS = 60_000
interface Estimate {
    off: number
    within: boolean
}

/** Runs a program for a minute and sets every estimate against the heap itself. */
async function estimates(program: string): Promise<Estimate[]> {
    const { board, log } = await powerOn(withAgent(program))
    const agent = new AgentEvents(HEAP)
    const found: Estimate[] = []
    let read = 0
    let alive = true
    while (alive && board.nowMs < FOR_MS) {
        alive = board.step(FOR_MS)
        if (!alive) break
        for (; read < log.length; read++)
            for (const event of agent.add(log[read]!)) {
                if (event.kind !== "sample") continue
                const off = Math.abs(event.usedBytes - board.sample().usedBytes)
                found.push({ off, within: off <= event.estimate!.errorBytes })
            }
    }
    return found
}

test("estimates are off by 5 % of the heap at most in the median, and know it", async () => {
    // Of each lesson the wasteful program: it breaks the heap up more, and is harder to tell.
    const programs = ["station/main", "station/wasteful"].concat(
        listLessons().map(({ name }) => `lessons/${name}/wasteful`),
    )
    const all: Estimate[] = []
    const left = [...programs]
    const worker = async () => {
        for (let program = left.shift(); program; program = left.shift())
            all.push(...(await estimates(program)))
    }
    await Promise.all([worker(), worker()])
    expect(all.length).toBeGreaterThan(programs.length * 40)
    const sorted = all.map(({ off }) => off).sort((a, b) => a - b)
    const median = sorted[sorted.length >> 1]!
    const within = all.filter(({ within }) => within).length / all.length
    console.log(`median ${median} B of ${HEAP}, ${(within * 100).toFixed(1)} % within their error`)
    expect(median).toBeLessThan(0.05 * HEAP)
    expect(within).toBeGreaterThan(0.9)
}, 400_000)
