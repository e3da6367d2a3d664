import { describe, expect, it } from "vitest"
import type { Board } from "../../host/boards/board"
import { dcfgSettings, encodeDcfg } from "../../host/boards/dcfg"
import { findBoard } from "../../host/boards/node/find-board"
import type { HeapBlock } from "../../host/model/heap/block"
import type { Program } from "../../host/model/program/program"
import { isLibraryPath } from "../../host/model/program/source-map"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run } from "../../host/simulator/run"
import { makeWorld } from "../../host/simulator/world/world"
import { build, vm } from "./harness"

const STATION = "test/fixtures/firmware/devs/station"
const DRIVERS = "test/vm/programs/drivers"
/**
 * Of each kind one; those whose holes decide how large a block is are held against the firmware itself, in
 * board-configuration.test.ts. All ten are for `npm run test:long`.
 */
const PROGRAMS: [name: string, entry: string, board: string][] = [
    ["I2C devices and settings", "made-up-wants", "adafruit_qt_py_c3"],
    ["buttons and other services at pins", "board-services", "pico"],
    ["the station", `${STATION}/main.ts`, "pico"],
    ["idleness", "live-timers", "esp32s2_bare"],
    ["pins", "hardware-pins", "pico"],
    ["a sensor and a display", `${DRIVERS}/speed-sensor.ts`, "pico"],
    ["LED strips", `${DRIVERS}/strips.ts`, "esp32c3_bare"],
    ["the station that reports", `${STATION}/reporting.ts`, "pico"],
    ["a client of the cloud", "cloud-adapter", "pico_w"],
    ["roles", "thermostat-roles", "adafruit_qt_py_c3"],
]
/** All of them are at rest by then. */
const FOR_MS = 12_000
const libraries = loadWorldLibraries()

/** Labels of the pins that a program names. */
function pinsNamed({ debug }: Program): ReadonlySet<string> {
    const texts = debug!.sources.flatMap(({ path, text }) => (isLibraryPath(path) ? [] : text))
    return new Set(
        texts.flatMap(text => Array.from(text!.matchAll(/\bpins\.(\w+)/g), ([, pin]) => pin!)),
    )
}

/** The board as its firmware would be with these pins exposed and no others. */
function withPins(board: Board, keeps: (label: string) => boolean): Board {
    const { pins, ...rest } = board.definition
    // Buses name their pins by label.
    const named = JSON.stringify(rest)
    const kept = Object.entries(pins as object).filter(
        ([label]) => label.startsWith("@") || named.includes(`"${label}"`) || keeps(label),
    )
    const definition = { ...rest, pins: Object.fromEntries(kept) }
    return { ...board, definition, configuration: encodeDcfg(dcfgSettings(definition)) }
}

/** The heap at rest: when the fewest calls were at work, last, of many moments of the last second. */
async function simulate(program: Program, board: Board) {
    let rest: { calls: number; live: HeapBlock[] } | undefined
    const { report } = await run(vm, {
        ...{ program, board, forMs: FOR_MS },
        makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
        moments: Array.from({ length: 200 }, (_, i) => FOR_MS - 1_000 + 5 * i),
        onMoment: board => {
            const live = board.blocks().filter(block => block.live)
            const calls = live.filter(({ type }) => type === "activation").length
            if (!rest || calls <= rest.calls) rest = { calls, live }
        },
    })
    const exposed = report.log.flatMap(
        ({ text }) => /^GPIO: init\[\d+\] (\S+) ->/.exec(text)?.[1] ?? [],
    )
    return { report, live: rest!.live, labels: new Set(exposed) }
}

type Block = Pick<HeapBlock, "type" | "bytes">

/** Most bytes beyond its request that a block has: a free block of them was not made. */
const LEFT_OF_HOLE = 8

/** The blocks that only one of two heaps has, in order of type and size. */
function different(one: readonly Block[], other: readonly Block[]): [Block[], Block[]] {
    const inOrder = (blocks: readonly Block[]) =>
        [...blocks].sort((a, b) => a.type.localeCompare(b.type) || a.bytes - b.bytes)
    const without = (blocks: readonly Block[], taken: readonly Block[]) => {
        const counts = new Map<string, number>()
        for (const { type, bytes } of taken)
            counts.set(`${type} ${bytes}`, (counts.get(`${type} ${bytes}`) ?? 0) + 1)
        return inOrder(blocks).filter(({ type, bytes }) => {
            const left = counts.get(`${type} ${bytes}`) ?? 0
            counts.set(`${type} ${bytes}`, left - 1)
            return left <= 0
        })
    }
    return [without(one, other), without(other, one)]
}

/** Room in a map that so many properties were set in, one after the other (`devs_map_set`). */
function capacityOf(length: number): number {
    let capacity = 4
    while (capacity < length) capacity = Math.floor((capacity * 10) / 8)
    return capacity
}

const rounded = (bytes: number) => (bytes + 3) & ~3

/**
 * What `devs_gpio_init_dcfg` of the firmware (`impl_gpio.c`) puts on the heap: for each pin an object with
 * room for four properties and its label; the table of their states; and the table of the object `GPIO`.
 */
function pinBlocks(labels: ReadonlySet<string>): Block[] {
    const pins = [...labels].flatMap(label => [
        { type: "map" as const, bytes: 4 + 12 },
        { type: "bytes" as const, bytes: 4 + 4 * 16 },
        { type: "string" as const, bytes: 4 + 4 + rounded(label.length + 1) },
    ])
    return [
        ...pins,
        { type: "bytes", bytes: 4 + 24 * labels.size },
        { type: "bytes", bytes: 4 + 16 * capacityOf(labels.size) },
    ]
}

const some = process.env["HEAPSCOPE_LONG"] ? PROGRAMS : PROGRAMS.slice(0, 3)

describe("the heap of a program on a board with all its pins, against one with those it names", () => {
    it.each(some)("of %s differs by what the firmware's sources make for a pin", async (...row) => {
        const [, entry, id] = row
        const program = await build(entry)
        const board = findBoard(id)
        const named = pinsNamed(program)
        const whole = await simulate(program, board)
        const [first] = whole.labels
        const bare = await simulate(
            program,
            withPins(board, label => named.has(label) || label === first),
        )
        expect(whole.labels.size).toBeGreaterThan(bare.labels.size)
        const expected = [...bare.live, ...pinBlocks(whole.labels)]
        const [more, less] = different(expected, [...whole.live, ...pinBlocks(bare.labels)])
        // A block has what is left of the hole it was made in, where that is too little for a hole.
        expect(more.map(({ type }) => type)).toEqual(less.map(({ type }) => type))
        more.forEach(({ bytes }, at) =>
            expect(Math.abs(bytes - less[at]!.bytes)).toBeLessThanOrEqual(LEFT_OF_HOLE),
        )
        // Nearly all are the same to the byte.
        expect(more.length).toBeLessThan(whole.live.length / 20)
    })
})
