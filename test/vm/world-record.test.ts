import { beforeAll, describe, expect, it } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import type { Program } from "../../host/model/program/program"
import { readWorldRecord } from "../../host/recording/world-record"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run, type RunKeyframe, type RunOptions, type RunResult } from "../../host/simulator/run"
import { playWorld } from "../../host/simulator/world/record/played-world"
import { WorldRecorder } from "../../host/simulator/world/record/world-recorder"
import { makeWorld } from "../../host/simulator/world/world"
import { build, vm } from "./harness"

const FOR_MS = 20_000
const KEYFRAME_MS = 3_000
/** Runs that have to be one document; each in real time, too, when there are many. */
const RUNS = Number(process.env["HEAPSCOPE_WORLD_RUNS"] ?? 2)
const board = findBoard("pico")
const libraries = loadWorldLibraries()

let program: Program
let recorded: RunResult
let text: string
const keyframes: RunKeyframe[] = []

const play = (options: Partial<RunOptions> = {}) =>
    run(vm, {
        ...{ program, board, forMs: FOR_MS },
        makeWorld: () => playWorld(readWorldRecord(text, "record"), "record"),
        ...options,
    })

/** The report without what is the machine's that ran it. */
const document = ({ report }: RunResult) => ({ ...report, wall: 0 })

beforeAll(async () => {
    program = await build("test/vm/programs/drivers/whole-world.ts")
    let recorder: WorldRecorder | undefined
    recorded = await run(vm, {
        ...{ program, board, forMs: FOR_MS },
        makeWorld: seed => {
            recorder = new WorldRecorder(makeWorld({ mode: "made-up", seed, libraries }))
            return recorder.world
        },
        keyframes: { everyMs: KEYFRAME_MS, take: keyframe => void keyframes.push(keyframe) },
    })
    text = recorder!.text({ program, board }, FOR_MS)
})

describe("a run in a made-up world", () => {
    const timeout = 30_000 + RUNS * 15_000
    it("is one document, however often it is run, in real time too", { timeout }, async () => {
        const forMs = 3_000
        const documents = []
        for (let i = 0; i < RUNS; i++)
            for (const realtime of i === 0 || RUNS > 2 ? [false, true] : [false]) {
                const world = (seed: number) => makeWorld({ mode: "made-up", seed, libraries })
                const pace = realtime ? { speed: 1 } : {}
                documents.push(
                    document(await run(vm, { program, board, forMs, makeWorld: world, ...pace })),
                )
            }
        for (const other of documents) expect(other).toEqual(documents[0])
        expect(documents.length).toBe(RUNS > 2 ? 2 * RUNS : RUNS + 1)
    })
})

describe("a run that is played back from the record of its door", () => {
    it("has used all that a board is connected to", () => {
        const kinds = new Set(text.match(/(?<="kind":")[a-z0-9-]+/g))
        expect([...kinds].sort()).toEqual(
            [
                ...["analog", "connect", "end", "frame", "i2c-read", "i2c-write"],
                ...["level", "network", "random", "send", "socket"],
            ].sort(),
        )
        const { world, outcome } = recorded.report
        expect(outcome.kind).toBe("running")
        expect(world?.roles?.length).toBeGreaterThan(3)
        expect(world?.hosts).toHaveLength(2)
        expect(world?.displays).toHaveLength(2)
    })

    it("is the same without a world, byte for byte, and its displays show the same", async () => {
        const world = playWorld(readWorldRecord(text, "record"), "record")
        const again = await play({ makeWorld: () => world })
        expect(document(again)).toEqual(document(recorded))
        expect(again.blocks).toEqual(recorded.blocks)
        expect(world.screens().map(({ picture }) => typeof picture)).toEqual([
            "function",
            "function",
        ])
    })

    it("goes on the same from each keyframe", async () => {
        expect(keyframes.length).toBe(Math.floor(FOR_MS / KEYFRAME_MS))
        const few = [keyframes[0]!, keyframes[3]!, keyframes.at(-1)!]
        for (const from of RUNS > 2 ? keyframes : few) {
            const again = await play({ from })
            expect(document(again)).toEqual(document(recorded))
            const { blocks, instructions } = again
            expect({ blocks, instructions }).toEqual({
                blocks: recorded.blocks,
                instructions: recorded.instructions,
            })
        }
    })

    it("is refused for another program, and tells where they part", async () => {
        const other = await build("test/vm/programs/drivers/sensors.ts")
        await expect(play({ program: other })).rejects.toThrow(
            /^record does not fit this run: at \d+\.\d{3} s the board asks for /,
        )
    })
})
