import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { findBoard, listBoards } from "../../../../host/boards/node/find-board"
import { officialBoards } from "../../../../host/boards/node/official-boards"
import {
    boardNeeds,
    boardOfProgram,
    importedBoard,
} from "../../../../host/compiler/node/imported-board"

describe("the board a program is written for", () => {
    let project: string
    const own = {
        devName: "A robot of somebody's own",
        productId: "0x3f000001",
        archId: "esp32",
        pins: { EYE: 12 },
        i2c: { pinSDA: 21, pinSCL: 22 },
    }
    beforeAll(() => {
        project = mkdtempSync(join(tmpdir(), "heapscope-board-"))
        mkdirSync(join(project, "boards"))
        writeFileSync(join(project, "devsconfig.json"), "{}")
        writeFileSync(join(project, "boards", "robot.board.json"), JSON.stringify(own))
        writeFileSync(join(project, "boards", "broken.board.json"), "{}")
        writeFileSync(join(project, "main.ts"), `import { pins } from "@dsboard/robot"\n`)
    })
    afterAll(() => rmSync(project, { recursive: true }))

    it("is the project's own where it defines one", () => {
        expect(importedBoard("main.ts", project)).toBe("robot")
        const board = boardOfProgram("robot", "main.ts", project)
        expect(board).toMatchObject({ id: "robot", name: own.devName, chip: "esp32" })
        expect(board!.definition).toMatchObject({ pins: { EYE: 12 } })
        expect(board!.heapBytes).toBe(findBoard("esp32").heapBytes)
        expect(() => boardOfProgram("broken", "main.ts", project)).toThrow("devName")
    })

    it("is any that the official compiler knows, with its chip's memory", () => {
        const ours = new Set(listBoards().map(({ id }) => id))
        const others = [...officialBoards().keys()].filter(id => !ours.has(id))
        expect(others).toContain("esp32c3_rust_devkit")
        for (const id of others) {
            const board = boardOfProgram(id, "main.ts", project)!
            expect(board.id).toBe(id)
            expect(Object.keys(board.definition["pins"] as object).length).toBeGreaterThan(0)
            expect(board.heapBytes).toBe(findBoard(board.archId).heapBytes)
        }
    })

    it("is the only one of a project, and that of a board's driver before it", () => {
        writeFileSync(join(project, "any.ts"), `import { delay } from "@devicescript/core"\n`)
        writeFileSync(
            join(project, "bricks.ts"),
            `import {\n    PicoBricks,\n} from "@devicescript/drivers"\n`,
        )
        expect(importedBoard("any.ts", project)).toBeUndefined()
        rmSync(join(project, "boards", "broken.board.json"))
        expect(importedBoard("any.ts", project)).toBe("robot")
        expect(importedBoard("bricks.ts", project)).toBe("pico_w")
    })

    it("has an I2C bus where it speaks to one and leaves the pins to the board", () => {
        const needs = (text: string) => {
            writeFileSync(join(project, "bus.ts"), text)
            return boardNeeds("bus.ts", project)!.i2cBus
        }
        const sht30 = `import { startSHT30 } from "@devicescript/drivers"\n`
        expect(needs(sht30)).toBe(true)
        expect(needs(`import { i2c } from "@devicescript/i2c"\n`)).toBe(true)
        expect(needs(`import { ST7735Driver } from "@devicescript/drivers"\n`)).toBe(false)
        expect(needs(`${sht30}configureHardware({\n    i2c: { pinSDA: gpio(4) },\n})\n`)).toBe(
            false,
        )
        writeFileSync(join(project, "far.ts"), sht30)
        expect(needs(`import "./far"\n`)).toBe(true)
    })

    it("has the pins that it calls by their numbers, and what it reads and lights at them", () => {
        const needs = (text: string) => {
            writeFileSync(join(project, "pins.ts"), text)
            return boardNeeds("pins.ts", project)!
        }
        expect(needs(`const outs = [gpio(27), ds.gpio( 3 )]\n// gpio(9), /* gpio(8) */\n`)).toEqual(
            {
                ...{ i2cBus: false, ledStrip: false, pins: [3, 27], analogPins: [] },
            },
        )
        expect(needs(`const outs = [29, 0,\n 4].map(gpio)\n`).pins).toEqual([0, 4, 29])
        const knob = needs(`startPotentiometer({\n    name: "knob",\n    pin: ds.gpio(2),\n})\n`)
        expect(knob).toMatchObject({ pins: [2], analogPins: [2] })
        const strip = needs(
            `startLed({ hwConfig: { type: ds.LedStripLightType.WS2812B_GRB, pin } })`,
        )
        expect(strip.ledStrip).toBe(true)
        expect(boardNeeds("main.ts", project)?.pins).toEqual([])
    })

    it("is none that nobody knows", () => {
        expect(boardOfProgram("martian", "main.ts", project)).toBeUndefined()
    })
})
