import { dirname, resolve } from "node:path"
import { describe, expect, it } from "vitest"
import { packageRoot } from "../../../host/base/node/package-root"
import { findBoard } from "../../../host/boards/node/find-board"
import { buildProgram } from "../../../host/compiler/node/build"
import { BoardLink } from "../../../host/link/board-link"
import { HeapError } from "../../../host/model/heap/heap-memory"
import type { HeapBlock } from "../../../host/model/heap/block"
import type { Program } from "../../../host/model/program/program"
import { loadVm } from "../../../host/simulator/node/load-vm"
import { loadWorldLibraries } from "../../../host/simulator/node/load-world-libraries"
import { run } from "../../../host/simulator/run"
import { i2cDeviceCalled } from "../../../host/simulator/world/hardware/i2c-world"
import { NO_PLAN, type WorldPlan } from "../../../host/simulator/world/plan"
import { makeWorld, type World } from "../../../host/simulator/world/world"
import type { EmulatedBoard } from "../../../host/simulator/served/emulated-board"
import { emulate, putProgram } from "../../../host/tasks/emulated/emulate"
import { BRIDGE_COMMAND, bridgeFrame } from "../../../host/wire/bridge"
import { encodeFrame, FrameDecoder } from "../../../host/wire/framing"

/** DeviceScript's firmware for the Pico, a UF2 file, which whoever runs this has to bring. */
const FIRMWARE = process.env["HEAPSCOPE_FIRMWARE"]

const PROGRAMS = "test/vm/programs"
const STATION = "devs/station"
/** A program, and what it has printed when it is looked at, soon after that; undefined for one that ends. */
const RUNS: [what: string, entry: string, line: string | undefined, i2c?: WorldPlan["i2c"]][] = [
    ["idleness", `${PROGRAMS}/live-timers.ts`, "fired 79 "],
    ["pins", `${PROGRAMS}/pins-in-use.ts`, "TURN 30"],
    ["pins, analog input and SPI", `${PROGRAMS}/hardware-pins.ts`, undefined],
    ["counting", `${PROGRAMS}/counting.ts`, "count 40"],
    ["fibers", `${PROGRAMS}/live-fibers.ts`, "cat 60"],
    ["a ring", `${PROGRAMS}/ring-buffer.ts`, undefined],
    ["an interner", `${PROGRAMS}/interner.ts`, undefined],
    ["every kind of block", `${PROGRAMS}/on-firmware/objects.ts`, "round 23:"],
    ["an I2C sensor", `${PROGRAMS}/on-firmware/sensor.ts`, "round 12"],
    ["a display", `${PROGRAMS}/on-firmware/display.ts`, "round 10"],
    ["a scan of the I2C bus", `${PROGRAMS}/on-firmware/scan.ts`, "round 6,", []],
    ["an LED strip", `${PROGRAMS}/on-firmware/strip.ts`, "round 15"],
    ["a button", `${PROGRAMS}/on-firmware/button.ts`, "press 3"],
    ["the station", `${STATION}/main.ts`, "0:00:05 waiting"],
    ["its wasteful twin", `${STATION}/wasteful.ts`, "0:00:05 waiting"],
    ["the station that reports", `${STATION}/reporting.ts`, "0:00:05 waiting"],
]
/** So long after the line, in milliseconds of board time, it is at rest, and nothing else has begun. */
const WITHIN_MS = 15
/** By then one that ends has ended. */
const END_MS = 3000
/** Board time in which a firmware must have come to the line. */
const PATIENCE_MS = 15_000
/** The link's patience is real time: on a machine with other things to do it may end before the emulated board answers. */
const TRIES = 4

/** On the I2C bus unless a run says otherwise. */
const SENSOR_AND_DISPLAY: WorldPlan["i2c"] = [
    { address: 0x44, make: i2cDeviceCalled("SHT30") },
    { address: 0x3d, make: i2cDeviceCalled("SSD1306") },
]
/** Nobody on the Jacdac bus, and at pin 2 a button that is pressed each second. */
const worldWith = (i2c = SENSOR_AND_DISPLAY) => {
    const pins = new Map([[2, () => (nowMs: number) => Number(nowMs % 1000 > 300)]])
    const plan = { ...NO_PLAN, i2c, pins }
    return makeWorld({ mode: "strict", seed: 1, libraries: loadWorldLibraries(), plan })
}
const board = findBoard("pico")

interface Rest {
    liveBytes: number
    blocks: readonly HeapBlock[]
}

/** Blocks that are alive, by kind and size. */
function alive({ blocks }: Rest): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const { live, type, bytes } of blocks)
        if (live) counts[`${type} of ${bytes} B`] = (counts[`${type} of ${bytes} B`] ?? 0) + 1
    return counts
}

/** Every block from the first to the last, garbage and free ones too. */
function inOrder({ blocks }: Rest): string {
    return blocks.map(({ live, type, bytes }) => `${type} ${bytes} ${live}`).join()
}

/** The heap with the least alive of those that were seen: when no call was at work. */
function atRest(seen: readonly Rest[]): Rest {
    return seen.reduce((least, one) => (one.liveBytes < least.liveBytes ? one : least))
}

async function simulated(program: Program, line?: string, i2c?: WorldPlan["i2c"]): Promise<Rest> {
    const options = { program, board, forMs: PATIENCE_MS, makeWorld: () => worldWith(i2c) }
    let atMs = END_MS
    if (line !== undefined) {
        const { report } = await run(loadVm(), { ...options, untilText: line })
        atMs = Math.ceil(report.log.find(({ text }) => text.includes(line))!.atMs)
    }
    const seen: Rest[] = []
    await run(loadVm(), {
        ...{ ...options, forMs: atMs + WITHIN_MS + 1 },
        moments: Array.from({ length: WITHIN_MS }, (_, ms) => atMs + 1 + ms),
        onMoment: from => {
            const blocks = from.blocks()
            const alive = blocks.filter(({ live }) => live)
            seen.push({ liveBytes: alive.reduce((sum, { bytes }) => sum + bytes, 0), blocks })
        },
    })
    return atRest(seen)
}

/** A board with the firmware and the program on it, whose time stands still unless it is told to pass. */
async function withProgram(program: Program, world: World, tries = TRIES): Promise<EmulatedBoard> {
    const file = resolve(FIRMWARE!)
    const { board: emulated, port } = await emulate({
        ...{ file, cwd: dirname(file), board, seed: 1, world, notify: () => undefined },
    })
    const link = new BoardLink(port, { reconnect: true })
    try {
        await link.open()
        await putProgram(link, board, program)
        return emulated
    } catch (error) {
        if (tries === 1) throw error
        return await withProgram(program, world, tries - 1)
    } finally {
        await link.close()
        emulated.powerOff()
    }
}

async function onFirmware(program: Program, line?: string, i2c?: WorldPlan["i2c"]): Promise<Rest> {
    const emulated = await withProgram(program, worldWith(i2c))
    // From its start on nobody speaks to it: what hosts say takes room, too, until it is collected.
    emulated.reset()
    let text = ""
    const decoder = new FrameDecoder({
        frame: () => undefined,
        text: bytes => void (text += Buffer.from(bytes).toString("latin1")),
    })
    let isPlugged = false
    let isAsked = false
    /** A host that reads the log and says nothing but that it wants it, also after a reset that the program wants. */
    const pass = () => {
        if (!isPlugged)
            emulated.plug({
                send: bytes => (decoder.push(bytes), true),
                unplugged: () => void (isPlugged = isAsked = false),
            })
        isPlugged = true
        if (emulated.isMounted && !isAsked) {
            emulated.receive(encodeFrame(bridgeFrame(BRIDGE_COMMAND.enableLog)))
            isAsked = true
        }
        emulated.pass(1)
    }
    const isThere = () => line !== undefined && text.includes(line)
    const patienceMs = line === undefined ? END_MS : PATIENCE_MS
    for (let ms = 0; ms < patienceMs && !isThere(); ms++) pass()
    if (line !== undefined) expect(text).toContain(line)
    const seen: Rest[] = []
    for (let ms = 0; ms < WITHIN_MS; ms++) {
        pass()
        try {
            const heap = emulated.heap()
            if (heap) seen.push({ liveBytes: heap.figures.liveBytes, blocks: heap.blocks })
        } catch (error) {
            // In the middle of what the firmware does with it.
            if (!(error instanceof HeapError)) throw error
        }
    }
    return atRest(seen)
}

describe.skipIf(FIRMWARE === undefined)(
    "the heap on the real firmware equals the simulator's",
    () => {
        it.each(RUNS)("with %s", { timeout: 300_000 }, async (_, entry, line, i2c) => {
            const program = await buildProgram(entry, { cwd: packageRoot() })
            const real = await onFirmware(program, line, i2c)
            const ours = await simulated(program, line, i2c)
            expect(alive(ours)).toEqual(alive(real))
            expect(ours.liveBytes).toBe(real.liveBytes)
            // Garbage has texts of times and readings, and lies as fibers came to run: it may be another.
            const isWhole = inOrder(ours) === inOrder(real)
            const which = isWhole ? "every block" : "every block that is alive"
            console.log(`${entry}: ${real.liveBytes} B live, ${which} the same in both`)
        })
    },
)
