import { expect, test } from "vitest"
import { errorsOf } from "../../host/analysis/recordings/estimate-error"
import { findBoard, listBoards } from "../../host/boards/node/find-board"
import type { Board } from "../../host/boards/board"
import { AgentEvents } from "../../host/link/agent/agent-events"
import { anchorOf } from "../../host/link/agent/anchor"
import { programStart } from "../../host/link/agent/program-start"
import type { Program } from "../../host/model/program/program"
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

/**
 * Estimates by what is known: the program that runs; nothing of it, but its heap is read exactly where
 * that would be a guess; the same, as one joins when it has long been running; nothing at all.
 */
const KINDS = ["known", "read", "late", "unknown"] as const
type Found = Record<(typeof KINDS)[number], Estimate[]>
const newFound = (): Found => ({ known: [], read: [], late: [], unknown: [] })
/** Reports that who joins late has missed, and how long after being asked for a reading is taken, in ms. */
const MISSED = 20
const READ_AFTER_MS = 150

/** Runs a program, and sets every estimate against the heap at that very moment. */
function estimatesOf(program: Program, board: Board, what: string): Found {
    const { heapBytes, configuration, features } = board
    const idle = idleHeap(vm, board)
    const readAt = new Map<AgentEvents, number>()
    const reader = () => {
        const agent: AgentEvents = new AgentEvents(heapBytes, idle, undefined, () => {
            readAt.set(agent, simulated.nowMs + READ_AFTER_MS)
        })
        return agent
    }
    const agents = {
        known: new AgentEvents(heapBytes, idle, programStart(vm, board, program)),
        ...{ read: reader(), late: reader() },
        unknown: new AgentEvents(heapBytes, idle),
    }
    const found = newFound()
    let reports = 0
    /** By kind: its first figures were those of a reading. */
    const areRead = new Set<string>()
    const simulated = new SimulatedBoard(vm, {
        ...{ heapBytes, configuration, features, seed: 2 },
        onEvent: (event, now) => {
            if (event.kind !== "log") return
            if (/^hs\d /.test(event.text)) reports++
            for (const how of KINDS) {
                if (how === "late" && reports <= MISSED) continue
                for (const told of agents[how].add(event)) {
                    if (told.kind !== "sample") continue
                    const truth = now.sample()
                    const { errorBytes, liveErrorBytes } = told.estimate!
                    found[how].push({
                        off: told.usedBytes - truth.usedBytes,
                        stated: errorBytes,
                        liveOff: told.liveBytes - truth.liveBytes,
                        liveStated: liveErrorBytes!,
                        largestOff: told.largestFreeBytes - truth.largestFreeBytes,
                        largestStated: errorsOf(told, heapBytes).largestFree,
                        ...{ heapBytes, what },
                        isFirst: found[how].length === 0 && !areRead.has(how),
                    })
                }
            }
        },
    })
    simulated.load(program.bytecode)
    while (simulated.nowMs < FOR_MS && simulated.step(FOR_MS))
        for (const how of KINDS) {
            const agent = agents[how]
            if (simulated.nowMs < (readAt.get(agent) ?? Infinity)) continue
            readAt.delete(agent)
            if (found[how].length === 0) areRead.add(how)
            agent.anchorAt(anchorOf(simulated.blocks(), simulated.tracker.figures()))
        }
    return found
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`
const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
const shareOf = <T>(all: readonly T[], is: (one: T) => boolean) =>
    all.filter(is).length / all.length
const off = ({ off, heapBytes }: Estimate) => Math.abs(off) / heapBytes

/** What holds of all estimates, and says it. */
function summary(name: string, all: Estimate[]) {
    const firsts = all.filter(({ isFirst }) => isFirst)
    const far = firsts.filter(one => off(one) > 0.05)
    const found = {
        runs: firsts.length,
        middle: median(all.map(off)),
        within: shareOf(all, ({ off, stated }) => Math.abs(off) <= stated),
        stated: median(all.map(({ stated, heapBytes }) => stated / heapBytes)),
        live: shareOf(all, one => Math.abs(one.liveOff) <= one.liveStated),
        largest: shareOf(all, one => Math.abs(one.largestOff) <= one.largestStated),
        far,
        /** They claim to be nearer than that. */
        wrong: far.filter(({ stated, heapBytes }) => stated <= 0.05 * heapBytes),
        firstsWithin: shareOf(firsts, ({ off, stated }) => Math.abs(off) <= stated),
    }
    const liveOff = median(all.map(({ liveOff, heapBytes }) => Math.abs(liveOff) / heapBytes))
    const liveStated = median(all.map(({ liveStated, heapBytes }) => liveStated / heapBytes))
    console.log(
        `${name}: ${firsts.length} runs begin with an estimate, of ${all.length}: used off by ${percent(found.middle)} of the heap at the median, ` +
            `${percent(found.within)} within the stated error, which is ${percent(found.stated)} at the median; ` +
            `live ${percent(liveOff)}, ${percent(found.live)}, ${percent(liveStated)}; ` +
            `largest free block ${percent(found.largest)}; first figures off by more than 5 %: ${far.length}, ` +
            `of which ${found.wrong.length} claim less`,
    )
    return found
}

test(
    "estimates start right, and know how far they may be off",
    { timeout: 3_600_000 },
    async () => {
        const all = newFound()
        for (const name of PROGRAMS) {
            const program = await build(withAgent(name))
            for (const board of BOARDS) {
                const found = estimatesOf(program, board, `${name} on ${board.id}`)
                for (const how of KINDS) all[how].push(...found[how])
            }
        }
        const known = summary("the program is known", all.known)
        const read = summary(
            "it is not, and the heap is read where that would be a guess",
            all.read,
        )
        const late = summary("the same, joined late", all.late)
        const unknown = summary("it is not, and nothing is read", all.unknown)
        expect(known.runs).toBe(PROGRAMS.length * BOARDS.length)
        expect(all.known.length).toBeGreaterThan(known.runs * 25)
        expect(known.far.map(({ what }) => what)).toEqual([])
        expect(known.firstsWithin).toBe(1)
        // The other first figures are readings.
        expect(read.runs).toBeGreaterThan(0)
        expect(read.far.map(({ what }) => what)).toEqual([])
        expect(late.runs).toBe(0)
        expect(unknown.wrong.map(({ what }) => what)).toEqual([])
        expect(unknown.firstsWithin).toBeGreaterThan(ALL ? 0.95 : 0.9)
        for (const found of [known, read, late, unknown]) {
            expect(found.middle).toBeLessThanOrEqual(0.02)
            // The share that npm test runs is of the programs that allocate most.
            expect(found.within).toBeGreaterThanOrEqual(ALL ? 0.95 : 0.93)
            const isLate = found === late
            expect(found.stated).toBeLessThanOrEqual(ALL ? (isLate ? 0.065 : 0.05) : 0.1)
            // What a comparison of recordings rests on.
            expect(found.live).toBeGreaterThanOrEqual(ALL ? 0.95 : 0.9)
            expect(found.largest).toBeGreaterThan(0.9)
        }
    },
)
