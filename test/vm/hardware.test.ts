import { decode } from "fast-png"
import { beforeAll, describe, expect, it } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import type { MemoryEvent } from "../../host/model/events"
import type { Program } from "../../host/model/program/program"
import { run } from "../../host/simulator/run"
import { ArrivalQueue } from "../../host/simulator/world/arrival-queue"
import { emptyWorld } from "../../host/simulator/world/empty-world"
import { HardwareWorld } from "../../host/simulator/world/hardware/hardware-world"
import type { Picture } from "../../host/model/shown"
import { toPng } from "../../host/sinks/files/png"
import { build, printed, vm } from "./harness"

/** An hour of six sensors, one of them read twenty times a second, takes a minute. */
const SIMULATED_MS = process.env["HEAPSCOPE_LONG"] ? 3_600_000 : 60_000

const emptyReport = () => ({ mode: "made-up" as const, madeUp: [], unanswered: [] })

/** Looks at what is connected when the program prints a line. */
type Looker = (line: string, world: HardwareWorld) => void

async function simulate(
    program: Program,
    forMs: number,
    { boardId = "pico", onLine }: { boardId?: string; onLine?: Looker } = {},
) {
    const arrivals = new ArrivalQueue()
    const world = new HardwareWorld(arrivals, 1)
    const door = { ...emptyWorld(1), arrivals, ...world.door }
    const makeWorld = () => ({
        ...{ door, report: emptyReport },
        screens: () => world.screens(),
        strips: () => world.ledStrips(),
        controls: () => [],
    })
    const onEvent = (event: MemoryEvent) => {
        if (event.kind === "log") onLine?.(event.text, world)
    }
    const board = findBoard(boardId)
    const { report } = await run(vm, { program, board, forMs, makeWorld, onEvent })
    return { world, report, log: printed(report.log) }
}

describe("pins and buses", () => {
    it("do what the firmware's own functions do", async () => {
        const { log } = await simulate(await build("hardware-pins"), 1000)
        expect(log.slice(0, 2)).toEqual(["GP3 1", "GP3 0"])
        expect(log[2]).toMatch(/^GP26 0\.\d+ 31 15$/)
        expect(log[3]).toMatch(/^error: expecting analog pin/)
        expect(log.slice(4)).toEqual([
            "error: SPI busy",
            "1,000 B in 8 ms",
            "back [Buffer[3] ffffff]",
            "error: ledStripSend not supported (yet)",
        ])
    })

    it("answer as an empty bus does where nobody is", async () => {
        const { log, world } = await simulate(await build("hardware-i2c"), 1000)
        expect(log[0]).toMatch(/^error: I2C error -1 dev=80/)
        expect(log[1]).toMatch(/^error: I2C error -1 dev=82/)
        expect(log[2]).toBe("error: invalid I2C address: 144")
        expect(world.report().addresses).toEqual([
            { address: 0x50, transfers: 1 },
            { address: 0x52, transfers: 1 },
        ])
    })

    it("are not there on a board without a definition", async () => {
        const bare = { id: "bare", chip: "rp2040", heapBytes: 65_536 }
        const program = await build("hardware-i2c")
        const { report } = await run(vm, { program, board: bare, forMs: 1000 })
        expect(printed(report.log)[0]).toBe("error: I2C not supported (yet)")
    })
})

describe("sensors", () => {
    let program: Program
    beforeAll(async () => (program = await build("test/vm/programs/drivers/sensors.ts")))

    it("all feel the same day", async () => {
        const { log } = await simulate(program, SIMULATED_MS)
        const figures = (name: string) =>
            log
                .filter(line => /^ -?\d/.test(line.slice(name.length)) && line.startsWith(name))
                .map(line =>
                    line
                        .slice(name.length + 1)
                        .split(" ")
                        .map(Number),
                )
        const [aht, sht, shtc, bme] = ["AHT20", "SHT30", "SHTC3", "BME680"].map(figures)
        expect(aht!.length).toBeGreaterThan(SIMULATED_MS / 10_000 - 3)
        aht!.forEach(([temperature, humidity], i) => {
            expect(temperature).toBeGreaterThan(15)
            expect(temperature).toBeLessThan(27)
            for (const other of [sht![i], shtc![i], bme![i]]) {
                if (!other) continue
                expect(other[0]).toBeCloseTo(temperature!, 0)
                expect(Math.abs(other[1]! - humidity!)).toBeLessThan(0.5)
            }
        })
        expect(new Set(aht!.map(([temperature]) => temperature)).size).toBeGreaterThan(2)
        expect(bme![0]![2]).toBeGreaterThan(990)
        expect(bme![0]![2]).toBeLessThan(1030)
        expect(figures("LTR390")[0]![0]).toBeGreaterThan(1000)
        expect(log.some(line => line.startsWith("DA213B ["))).toBe(true)
    })

    it("run the same twice", async () => {
        const once = await simulate(program, 20_000)
        const again = await simulate(program, 20_000)
        expect({ ...again.report, wall: 0 }).toEqual({ ...once.report, wall: 0 })
    })
})

describe("displays", () => {
    let displays: Program
    let paper: Program
    beforeAll(async () => {
        displays = await build("test/vm/programs/drivers/displays.ts")
        paper = await build("test/vm/programs/drivers/paper.ts")
    })

    it("show what was drawn, pixel for pixel", async () => {
        // By the display's name, as it was when the program began to print what it had drawn there.
        const shown = new Map<string, string[][]>()
        const onLine: Looker = (line, world) => {
            const name = /^([a-z0-9]+):/.exec(line)?.[1]
            if (name === undefined || shown.has(name)) return
            const pictures = world.screens().flatMap(screen => screen.picture() ?? [])
            shown.set(name, pictures.map(throughPng).map(rows))
        }
        const { log, world } = await simulate(displays, 5000, { onLine })
        for (const [name, width, height, bits] of [
            ["ssd1306", 64, 48, 1],
            ["sh110x", 128, 64, 1],
            ["ili9341", 160, 120, 4],
            ["st7735", 24, 32, 4],
            ["st7789", 48, 20, 4],
            ["again", 160, 120, 4],
            ["matrix", 64, 48, 1],
        ] as const) {
            const image = drawn(log, name, width, height, bits)
            expect(new Set(image.flatMap(row => row.split(" "))).size, name).toBeGreaterThan(1)
            expect(shown.get(name), name).toContainEqual(image)
        }
        // Each has a picture of its own, and none of another's pixels.
        const atEnd = world.screens().flatMap(screen => screen.picture() ?? [])
        expect(atEnd.map(({ width, height }) => `${width} x ${height}`).sort()).toEqual(
            ["128 x 64", "160 x 120", "24 x 32", "48 x 20", "64 x 48"].sort(),
        )
        for (const [name, width, height] of [
            ["again", 160, 120],
            ["st7735", 24, 32],
            ["st7789", 48, 20],
        ] as const)
            expect(atEnd.map(rows), name).toContainEqual(drawn(log, name, width, height, 4))
        expect(world.screens().flatMap(screen => screen.text?.() ?? [])).toEqual([
            "Hello",
            "world 42",
        ])
    })

    it("light the strips of LEDs with their colours, over one wire and over SPI", async () => {
        const strips = await build("test/vm/programs/drivers/strips.ts")
        const { world, log } = await simulate(strips, 5000, { boardId: "esp32c3_bare" })
        expect(log).toEqual(["lit"])
        const colors = (pin: number) =>
            world
                .ledStrips()
                .filter(strip => strip.pin === pin)
                .flatMap(({ rgb }) => rows({ width: rgb.length / 3, height: 1, rgb }))
        expect(colors(2)).toEqual(["ff0000 00ff00 0000ff 102030"])
        expect(colors(6)).toEqual(["ffffff 010203 000000"])
    })

    it("show electronic paper's once it is refreshed", async () => {
        const { log, world } = await simulate(paper, 5000)
        expect(rows(world.screens()[0]!.picture()!)).toEqual(drawn(log, "uc8151", 296, 128, 1))
    })
})

/** What is left of a picture in a PNG file: all of it. */
function throughPng(picture: Picture): Picture {
    const { width, height, data, channels, depth } = decode(toPng(picture))
    expect({ channels, depth }).toEqual({ channels: 3, depth: 8 })
    return { width, height, rgb: Uint8Array.from(data) }
}

/** DeviceScript's `Palette.arcade()`, as 24 bits. */
const ARCADE = [
    ...[0x000000, 0xffffff, 0xff2121, 0xff93c4, 0xff8135, 0xfff609, 0x249ca3, 0x78dc52],
    ...[0x003fad, 0x87f2ff, 0x8e2ec4, 0xa4839f, 0x5c406c, 0xe5cdc4, 0x91463d, 0x000000],
]

function rows({ width, height, rgb }: Picture): string[] {
    return Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_, x) => {
            const at = (y * width + x) * 3
            return hex((rgb[at]! << 16) | (rgb[at + 1]! << 8) | rgb[at + 2]!)
        }).join(" "),
    )
}

/** The picture of an image whose bytes the program logged. */
function drawn(log: string[], name: string, width: number, height: number, bits: 1 | 4): string[] {
    const text = log
        .filter(line => line.startsWith(`${name}:`))
        .map(line => line.slice(name.length + 1))
        .join("")
    const bytes = Uint8Array.from(text.match(/../g)!, pair => parseInt(pair, 16))
    const stride = bytes.length / width
    return Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_, x) => {
            const byte = bytes[x * stride + ((y * bits) >> 3)]!
            const value = (byte >> ((y * bits) & 7)) & ((1 << bits) - 1)
            return hex(bits === 1 ? value * 0xffffff : as565(ARCADE[value]!))
        }).join(" "),
    )
}

/** What is left of a colour on a display of five, six and five bits. */
function as565(color: number): number {
    const part = (shift: number, bits: number) => {
        const value = ((color >> shift) & 0xff) >> (8 - bits)
        return (value << (8 - bits)) | (value >> (2 * bits - 8))
    }
    return (part(16, 5) << 16) | (part(8, 6) << 8) | part(0, 5)
}

function hex(value: number): string {
    return value.toString(16).padStart(6, "0")
}
