import { beforeAll, describe, expect, it } from "vitest"
import { asSimulator } from "../../host/boards/board"
import { findBoard } from "../../host/boards/node/find-board"
import type { Program } from "../../host/model/program/program"
import { run } from "../../host/simulator/run"
import { build, printed, vm } from "./harness"

const STATION = "test/fixtures/firmware/devs/station"
const PICO = findBoard("pico")

describe("a simulated Pico against the unmodified firmware in emulation", () => {
    const programs = new Map<string, Program>()
    beforeAll(async () => {
        for (const name of ["main", "reporting", "wasteful"])
            programs.set(name, await build(`${STATION}/${name}.ts`))
    })
    const simulate = (name: string, forMs: number, board: Parameters<typeof run>[1]["board"]) =>
        run(vm, { program: programs.get(name)!, board, forMs }).then(({ report }) => report)

    it("has the same live bytes", async () => {
        expect((await simulate("main", 10_000, PICO)).heap.liveBytes).toBe(7220)
        expect((await simulate("reporting", 10_000, PICO)).heap.liveBytes).toBe(7776)
    })

    it("makes 90 blocks more for its pins than a board without, 3,632 B", async () => {
        const bare = { id: "bare", chip: "rp2040", heapBytes: PICO.heapBytes }
        const [without, withPins] = [
            await simulate("main", 50, bare),
            await simulate("main", 50, PICO),
        ]
        expect(withPins.gc.allocations - without.gc.allocations).toBe(90)
        expect(withPins.heap.liveBytes - without.heap.liveBytes).toBe(3632)
    })

    it("takes for a bare ESP32-S2's 33 free pins what the firmware's sources say", async () => {
        const { id, chip, heapBytes, configuration } = findBoard("esp32s2_bare")
        const program = await build("live-timers")
        const live = async (board: Parameters<typeof run>[1]["board"]) =>
            (await run(vm, { program, board, forMs: 50 })).report.heap.liveBytes
        const bare = { id, chip, heapBytes }
        const pins = (await live({ ...bare, configuration })) - (await live(bare))
        // Objects with their two properties, labels, the GPIO object's table for 34, the pin table.
        expect(pins).toBe(33 * 84 + 33 * 12 + (4 + 34 * 16) + (33 * 24 + 4 - 8))
    })

    it("dies of the same request at the same order", async () => {
        const { outcome, heap, gc, log } = await simulate("wasteful", 3_600_000, PICO)
        expect(outcome.requestedBytes).toBe(1708)
        const { usedBytes, freeBytes, largestFreeBytes, blocks } = heap
        expect({ usedBytes, freeBytes, largestFreeBytes, blocks }).toEqual({
            usedBytes: 50_044,
            freeBytes: 15_480,
            largestFreeBytes: 1676,
            blocks: 1022,
        })
        expect(gc.collections).toBe(201)
        expect(printed(log).findLast(text => text.startsWith("#"))).toMatch(/^#170 /)
    })
})

describe("the board itself", () => {
    let program: Program
    beforeAll(async () => (program = await build("board-pins")))
    const log = async (board: Parameters<typeof run>[1]["board"]) =>
        printed((await run(vm, { program, board, forMs: 200 })).report.log)

    it("has its pins under their labels and numbers, and says it is no simulator", async () => {
        expect(await log(PICO)).toEqual(["simulator: false", "4 is GP4", "25 is not exposed"])
        const c3 = findBoard("adafruit_qt_py_c3")
        expect(await log(c3)).toEqual(["simulator: false", "4 is A0_D0", "25 is not exposed"])
    })

    it("says it is one when asked to", async () => {
        expect((await log(asSimulator(PICO)))[0]).toBe("simulator: true")
    })

    it("keeps its pins after a reset", async () => {
        const restarting = await build("live-reboots")
        const options = { program: restarting, forMs: 60_000 }
        const { report } = await run(vm, { ...options, board: PICO })
        const pins = report.log.filter(({ text }) => text === "GPIO: init: 26 pins")
        const bare = report.log.filter(({ text }) => text === "GPIO: init: 0 pins")
        expect(pins.length).toBeGreaterThan(1)
        expect(bare).toEqual([])
    })
})
