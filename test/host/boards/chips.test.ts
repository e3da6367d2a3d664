import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { runInNewContext } from "node:vm"
import { describe, expect, it } from "vitest"
import { ARCHITECTURES } from "../../../host/boards/architectures"
import { boardFacts } from "../../../host/boards/board-facts"
import { allBoards, findBoard } from "../../../host/boards/node/find-board"
import { findUsbFamily } from "../../../host/link/transport/usb-families"

const BOARDS = [...allBoards()]
const bundle = readFileSync(
    createRequire(import.meta.url).resolve("@devicescript/cli/built/devicescript-cli.cjs"),
    "utf8",
)

interface OfficialArch {
    dcfgOffset: string
    fstorOffset: string
    binFlashOffset?: string | number
    uf2Align?: string | number
    pins: Record<string, string>
}

/** The object literal of the official tool that begins with a text. */
function literal(beginning: string): unknown {
    const start = bundle.lastIndexOf("{", bundle.indexOf(beginning))
    const indent = bundle.slice(bundle.lastIndexOf("\n", start) + 1).match(/^ */)![0]
    const end = bundle.indexOf(`\n${indent}}`, start) + indent.length + 2
    return runInNewContext(`(${bundle.slice(start, end)})`)
}

const official = literal("archs: {") as {
    archs: Record<string, OfficialArch>
    boards: Record<string, { archId: string; productId: string; $fwUrl?: string }>
}

describe("the boards there are", () => {
    it("are all that the official tool knows of our chips", () => {
        const theirs = Object.entries(official.boards).filter(([, { archId }]) =>
            Object.hasOwn(ARCHITECTURES, archId),
        )
        expect(BOARDS.map(({ id }) => id).sort()).toEqual(theirs.map(([id]) => id).sort())
        for (const [id, { productId }] of theirs)
            expect(findBoard(id).productId).toBe(Number(productId))
    })

    it("take firmware where the official tool writes it", () => {
        for (const { archId, id, firmware } of BOARDS) {
            const arch = official.archs[archId]!
            const { format, offset, configurationOffset, storageOffset } = firmware.image
            expect(configurationOffset).toBe(Number(arch.dcfgOffset))
            expect(storageOffset).toBe(Number(arch.fstorOffset))
            if (arch.binFlashOffset !== undefined) expect(offset).toBe(Number(arch.binFlashOffset))
            expect(format).toBe(arch.binFlashOffset === undefined ? "uf2" : "bin")
            // The name of a release's file ends in the address that it belongs at.
            const name = official.boards[id]!.$fwUrl!
            const end = format === "uf2" ? ".uf2" : `-0x${offset.toString(16)}.bin`
            expect(name.endsWith(end), name).toBe(true)
        }
    })

    it("have flash for all that the firmware keeps there", () => {
        for (const { flashBytes, storageFlashBytes, firmware } of BOARDS) {
            const start = firmware.image.format === "uf2" ? firmware.image.offset : 0
            const end = firmware.image.storageOffset + storageFlashBytes - start
            expect(flashBytes).toBeGreaterThanOrEqual(end)
        }
    })

    it("are found by USB ids that the official client looks for, too", () => {
        const vendors = new Set(
            [...bundle.matchAll(/\bvendorId: (\d+)/g)].map(([, id]) =>
                Number(id).toString(16).padStart(4, "0"),
            ),
        )
        // FTDI's are in its flashing alone.
        expect(bundle).toMatch(/0x0?403|\b1027\b/)
        vendors.add("0403")
        for (const { usb } of BOARDS.map(({ firmware }) => firmware))
            for (const id of [...usb.running, ...usb.bootMode]) {
                const [vendor, product] = id.split(":")
                expect(vendors).toContain(vendor)
                expect(findUsbFamily(vendor, product)).toBeDefined()
            }
    })

    it("have analog pins where the official tool says that the chip has them", () => {
        for (const [archId, { analogPins }] of Object.entries(ARCHITECTURES)) {
            const [first, last] = official.archs[archId]!.pins["analogIn"]!.split("-").map(Number)
            // GPIO 29 of a Pico W is a line to its Wi-Fi chip.
            const known = archId === "rp2040w" ? analogPins.filter(pin => pin !== 29) : analogPins
            expect([known[0], known.at(-1)]).toEqual([first, last])
        }
    })

    it("have each named pin once along their edges, if it is known where pins lie", () => {
        const drawn = BOARDS.map(boardFacts).filter(({ header }) => header)
        expect(drawn.map(({ id }) => id)).toContain("pico")
        for (const { header, pins } of drawn) {
            const edges = [...header!.left, ...header!.right]
            for (const { name } of pins) expect(edges.filter(edge => edge === name)).toEqual([name])
        }
    })

    it("tell what each pin is for", () => {
        const pins = new Map(boardFacts(findBoard("adafruit_qt_py_c3")).pins.map(p => [p.name, p]))
        expect(pins.get("SDA_D4")).toEqual({ name: "SDA_D4", gpio: 5, uses: ["SDA"] })
        expect(pins.get("A3_D3")).toEqual({ name: "A3_D3", gpio: 0, uses: ["analog"] })
        expect(pins.get("TX_D6")!.uses).toEqual(["log"])
        expect(boardFacts(findBoard("adafruit_qt_py_c3")).innerPins).toEqual([
            { gpio: 2, uses: ["LED"] },
            { gpio: 9, uses: ["buttonBOOT"] },
        ])
    })
})
