import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { SeededRandom } from "../../host/base/seeded-random"
import { findBoard } from "../../host/boards/node/find-board"
import type { MemoryEvent } from "../../host/model/events"
import type { Program } from "../../host/model/program/program"
import { SourceMap } from "../../host/model/program/source-map"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run } from "../../host/simulator/run"
import { SimulatedBoard } from "../../host/simulator/simulated-board"
import { RunHistory, type RunHistoryOptions } from "../../host/simulator/time-travel/run-history"
import type { RunMoment } from "../../host/model/run-moment"
import { makeWorld } from "../../host/simulator/world/world"
import { build, vm } from "./harness"

/** Random moments of each of the programs. */
const MOMENTS = Math.ceil(Number(process.env.HEAPSCOPE_MOMENTS ?? 12) / 3)
/** Simulated time of their runs. */
const FOR_MS = MOMENTS > 4 ? 120_000 : 8_000
const random = new SeededRandom(Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1))
const board = findBoard("pico")
const libraries = loadWorldLibraries()
const worldOf = (seed: number) => makeWorld({ mode: "made-up", seed, libraries })

/** All that a board is at a moment. */
function whole(of: SimulatedBoard) {
    const { machine, tracker, wakeUs } = of.keyframe()
    const { largestRequest: _, ...counted } = tracker
    const blocks = of
        .blocks()
        .map(block => [
            block,
            block.type !== "free" && [of.allocationAt(block.address), of.pcOf(block.address)],
        ])
    const hash = createHash("sha256").update(machine.memory).update(machine.flash)
    return {
        ...{ nowUs: machine.nowUs, instructions: machine.instructions, wakeUs, counted },
        ...{ memory: hash.digest("hex"), stack: of.callStack() },
        objects: of.graph()?.nodes.length,
        blocks: createHash("sha256").update(JSON.stringify(blocks)).digest("hex"),
    }
}

/** The board at moments of a run that nobody keeps anything of, stopped there by other means. */
async function fresh(program: Program, moments: readonly RunMoment[], forMs: number) {
    const found = new Map<RunMoment, ReturnType<typeof whole>>()
    const log: Extract<MemoryEvent, { kind: "log" }>[] = []
    const allocations = new Map<number, RunMoment>()
    for (const moment of moments)
        if (moment.kind === "allocation") allocations.set(moment.number, moment)
    let isLoaded = false
    const look = (moment: RunMoment | undefined) => {
        if (moment && !found.has(moment)) found.set(moment, whole(made))
    }
    const libraryCode = SourceMap.of(program.debug)?.libraryCode()
    const made: SimulatedBoard = new SimulatedBoard(vm, {
        ...(libraryCode && { isLibrary: libraryCode }),
        ...{ heapBytes: board.heapBytes, seed: 1, door: worldOf(1).door },
        ...(board.configuration && { configuration: board.configuration }),
        ...(board.features && { features: board.features }),
        observers: [() => look(allocations.get(made.tracker.allocations))],
        onEvent: event => {
            // It boots before there is anything to go back to.
            if (!isLoaded) return
            const { collections } = made.tracker
            if (event.kind === "log") log.push(event)
            for (const moment of moments)
                if (moment.kind === "collection" && event.kind === "gc")
                    look(moment.number === collections ? moment : undefined)
                else if (
                    moment.kind === "log" &&
                    event.kind === "log" &&
                    event.atMs === moment.atMs
                )
                    look(event.text === moment.text ? moment : undefined)
            if (event.kind === "panic") look(moments.find(({ kind }) => kind === "time"))
        },
    })
    made.load(program.bytecode, program.settings)
    isLoaded = true
    const times = moments.filter(moment => moment.kind === "time")
    for (const moment of [...times.toSorted((a, b) => a.atMs - b.atMs), undefined]) {
        const untilMs = moment?.atMs ?? forMs
        while (made.nowMs < untilMs && !made.isOver) {
            await made.settling()
            made.step(untilMs)
        }
        if (!made.death) look(moment)
    }
    return { found, log, counted: made.tracker.gcFigures() }
}

async function travelled(name: string, forMs: number, options: RunHistoryOptions = {}) {
    const program = await build(name)
    const timeTravel = new RunHistory(options)
    const { report } = await run(vm, { program, board, forMs, makeWorld: worldOf, timeTravel })
    return { program, timeTravel, report }
}

describe("any moment of a run", () => {
    for (const [name, forMs] of [
        ["devs/station/main.ts", FOR_MS],
        ["test/vm/programs/drivers/whole-world.ts", FOR_MS],
        ["live-restarts", 1_000],
    ] as const)
        it(`is what a fresh run of ${name} that stops there is`, { timeout: 600_000 }, async () => {
            const { program, timeTravel } = await travelled(name, forMs, {
                everyMs: forMs / 8,
            })
            expect(timeTravel.keyframes.count).toBeGreaterThan(2)
            const { log, counted } = await fresh(program, [], forMs)
            const moments = Array.from({ length: MOMENTS }, (_, i): RunMoment => {
                const upTo = (most: number) => 1 + Math.floor(random.fraction() * most)
                const line = log[upTo(log.length) - 1]!
                return (
                    [
                        { kind: "time", atMs: 11 + random.fraction() * (forMs - 11) },
                        { kind: "allocation", number: upTo(counted.allocations) },
                        { kind: "collection", number: upTo(counted.collections) },
                        { kind: "log", atMs: line.atMs, text: line.text },
                    ] as const
                )[i % 4]!
            })
            // Chance may pick one twice.
            const different = new Map(moments.map(moment => [JSON.stringify(moment), moment]))
            const { found } = await fresh(program, [...different.values()], forMs)
            expect(found.size).toBe(different.size)
            for (const asked of moments) {
                const moment = different.get(JSON.stringify(asked))!
                const past = timeTravel.goTo(moment)
                expect(past && whole(past.board), JSON.stringify(moment)).toEqual(found.get(moment))
            }
        })
})

describe("what is long past", () => {
    it("leads to the allocation that made an object, and to what made a hole", async () => {
        const { timeTravel } = await travelled("devs/station/main.ts", 6_000, { everyMs: 700 })
        const now: RunMoment = { kind: "time", atMs: 5_000 }
        const { board: past } = timeTravel.goTo(now)!
        const blocks = past.blocks()
        const object = blocks.findLast(({ type }) => type === "buffer")!
        const number = past.allocationAt(object.address)
        const isThere = () =>
            past.blocks().some(block => block.address === object.address && block.type === "buffer")
        expect(timeTravel.goTo({ kind: "allocation", number })).toBeDefined()
        expect(isThere()).toBe(true)
        expect(past.allocationAt(object.address)).toBe(number)
        timeTravel.goTo({ kind: "allocation", number: number - 1 })
        expect(past.allocationAt(object.address)).not.toBe(number)

        const holes = blocks.filter(({ type }) => type === "free")
        const kinds = new Set<string>()
        for (const hole of [...holes.slice(0, 3), ...holes.slice(-4)]) {
            const search = timeTravel.holeOrigin(now, hole)
            let found = search.next()
            while (!found.done) found = search.next()
            const origin = found.value!
            kinds.add(origin.kind)
            expect(timeTravel.goTo(origin), JSON.stringify(origin)).toBeDefined()
            const used = past
                .blocks()
                .filter(
                    ({ address, bytes, type }) =>
                        type !== "free" &&
                        address < hole.address + hole.bytes &&
                        address + bytes > hole.address,
                )
            // The VM is just about to give back the last of it.
            if (origin.kind === "free")
                expect(used.map(({ address }) => address)).toEqual([origin.address])
            else expect(used).toEqual([])
        }
        expect([...kinds]).toContain("collection")
    })

    it("ends with the program: a later time shows the heap it died with", async () => {
        const { timeTravel, report } = await travelled("die-growth", 60_000)
        const past = timeTravel.goTo({ kind: "time", atMs: 50_000 })!
        expect(past.board.death?.atMs).toBe(report.outcome.atMs)
        expect(past.board.blocks().length).toBe(report.heap.blocks)
        expect(
            timeTravel.goTo({ kind: "allocation", number: report.gc.allocations + 1 }),
        ).toBeUndefined()
        expect(timeTravel.goTo({ kind: "allocation", number: report.gc.allocations })).toBeDefined()
        expect(past.board.death).toBeUndefined()
    })

    it("is forgotten when the memory for it is full, the oldest first", async () => {
        const { timeTravel } = await travelled("devs/station/main.ts", 6_000, {
            ...{ everyMs: 100, maxBytes: 1.2e6 },
        })
        const { keyframes } = timeTravel
        expect(keyframes.bytes).toBeLessThan(1.2e6)
        expect(keyframes.count).toBeLessThan(40)
        expect(timeTravel.goTo({ kind: "time", atMs: 3_333 })?.board.nowMs).toBe(3_333)
        expect(timeTravel.goTo({ kind: "time", atMs: 6_001 })).toBeUndefined()
    })
})
