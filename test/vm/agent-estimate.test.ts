import { expect, test } from "vitest"
import { errorsOf } from "../../host/analysis/recordings/estimate-error"
import { findBoard, listBoards } from "../../host/boards/node/find-board"
import type { Board } from "../../host/boards/board"
import { AgentEvents } from "../../host/link/agent/agent-events"
import { idleHeap } from "../../host/simulator/idle-heap"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { listLessons } from "../../host/tasks/lesson/catalogue"
import { build, vm } from "./harness"
import { withAgent } from "./with-agent"

/** `npm run test:long -- estimates`: all programs on all boards. */
const ALL = process.env.HEAPSCOPE_ESTIMATES === "all"
const FOR_MS = ALL ? 100_000 : 60_000

const LESSONS = listLessons().flatMap(({ name, programs }) => [
    `lessons/${name}/wasteful`,
    `lessons/${name}/${programs.structure ? "structure" : "by-hand"}`,
])
/** Bursts, caches, timers, and what grows until it dies. */
const OTHERS = [
    ...["fine-burst", "fine-lru", "fine-sawtooth", "fine-timers", "fine-queue"],
    ...["leak-buffers", "leak-map", "leak-history", "leak-string", "leak-closures"],
].map(name => `test/vm/programs/leaks/${name}`)
const STATIONS = ["station/main", "station/wasteful"]
const PROGRAMS = ALL
    ? [...STATIONS, ...LESSONS, ...OTHERS]
    : [...STATIONS, ...LESSONS.filter((_, i) => i % 6 === 0), ...OTHERS.slice(3, 7)]
const BOARDS = ALL ? listBoards() : [findBoard("pico"), findBoard("esp32s2_bare")]

/** One estimate beside what is true. All in bytes, but `first`. */
interface Estimate {
    off: number
    stated: number
    liveOff: number
    liveStated: number
    largestOff: number
    largestStated: number
    heapBytes: number
    what: string
    isFirst: boolean
}

/** Runs a program, and sets every estimate against the heap at that very moment. */
function estimatesOf(bytecode: Uint8Array, board: Board, what: string): Estimate[] {
    const { heapBytes, configuration, features } = board
    const agent = new AgentEvents(heapBytes, idleHeap(vm, board))
    const found: Estimate[] = []
    const simulated = new SimulatedBoard(vm, {
        ...{ heapBytes, configuration, features, seed: 1 },
        onEvent: (event, now) => {
            if (event.kind !== "log") return
            for (const told of agent.add(event)) {
                if (told.kind !== "sample") continue
                const truth = now.sample()
                const { largestFree } = errorsOf(told, heapBytes)
                const { errorBytes, liveErrorBytes } = told.estimate!
                found.push({
                    off: told.usedBytes - truth.usedBytes,
                    stated: errorBytes,
                    liveOff: told.liveBytes - truth.liveBytes,
                    liveStated: liveErrorBytes!,
                    largestOff: told.largestFreeBytes - truth.largestFreeBytes,
                    largestStated: largestFree,
                    ...{ heapBytes, what, isFirst: found.length === 0 },
                })
            }
        },
    })
    simulated.load(bytecode)
    while (simulated.nowMs < FOR_MS && simulated.step(FOR_MS));
    return found
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
const shareOf = <T>(all: readonly T[], is: (one: T) => boolean) =>
    all.filter(is).length / all.length

test(
    "estimates start right, and know how far they may be off",
    { timeout: 3_600_000 },
    async () => {
        const all: Estimate[] = []
        const none: string[] = []
        for (const name of PROGRAMS) {
            const { bytecode } = await build(withAgent(name))
            for (const board of BOARDS) {
                const found = estimatesOf(bytecode, board, `${name} on ${board.id}`)
                if (found.length === 0) none.push(`${name} on ${board.id}`)
                all.push(...found)
            }
        }
        const off = ({ off, heapBytes }: Estimate) => Math.abs(off) / heapBytes
        const firsts = all.filter(({ isFirst }) => isFirst)
        const wrong = firsts.filter(one => off(one) > 0.05)
        const within = shareOf(all, ({ off, stated }) => Math.abs(off) <= stated)
        const liveWithin = shareOf(all, one => Math.abs(one.liveOff) <= one.liveStated)
        const largest = shareOf(all, one => Math.abs(one.largestOff) <= one.largestStated)
        const middle = median(all.map(off))
        const stated = median(all.map(({ stated, heapBytes }) => stated / heapBytes))
        const live = median(all.map(({ liveOff, heapBytes }) => Math.abs(liveOff) / heapBytes))
        const liveStated = median(all.map(({ liveStated, heapBytes }) => liveStated / heapBytes))
        const worst = firsts
            .map(({ what }) => what)
            .map(what => ({ what, middle: median(all.filter(one => one.what === what).map(off)) }))
            .sort((a, b) => b.middle - a.middle)
        console.log(
            `${firsts.length} runs, ${all.length} estimates: used off by ${percent(middle)} of the heap at the median, ` +
                `${percent(within)} within the stated error, which is ${percent(stated)} at the median; ` +
                `live ${percent(live)}, ${percent(liveWithin)}, ${percent(liveStated)}; ` +
                `largest free block ${percent(largest)}\n` +
                `first figures off by more than 5 %: ${wrong.length}${wrong.map(one => `\n  ${percent(off(one))} ${one.what}`).join("")}\n` +
                `without a figure: ${none.join(", ") || "none"}\n` +
                worst
                    .slice(0, 12)
                    .map(({ what, middle }) => `  ${percent(middle)} ${what}`)
                    .join("\n"),
        )
        expect(all.length).toBeGreaterThan(PROGRAMS.length * BOARDS.length * 25)
        expect(middle).toBeLessThanOrEqual(0.02)
        // The share that npm test runs is of the programs that allocate most.
        expect(within).toBeGreaterThanOrEqual(ALL ? 0.95 : 0.93)
        expect(stated).toBeLessThanOrEqual(ALL ? 0.05 : 0.09)
        // Of a program that collects while it starts, what lies above a hole is not to be seen at first.
        expect(wrong.length / firsts.length).toBeLessThan(ALL ? 0.1 : 0.15)
        // What a comparison of recordings rests on.
        expect(liveWithin).toBeGreaterThanOrEqual(ALL ? 0.95 : 0.9)
        expect(largest).toBeGreaterThan(0.9)
    },
)
