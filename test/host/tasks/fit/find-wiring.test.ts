import { createColors } from "picocolors"
import { expect, test } from "vitest"
import { packageRoot } from "../../../../host/base/node/package-root"
import { boardFacts } from "../../../../host/boards/board-facts"
import { findBoard } from "../../../../host/boards/node/find-board"
import { buildProgram } from "../../../../host/compiler/node/build"
import { loadWorldLibraries } from "../../../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../../../host/simulator/world/world"
import { renderWiring } from "../../../../host/sinks/terminal/boards/boards-terminal"
import { findWiring } from "../../../../host/tasks/fit/find-wiring"

const board = findBoard("pico")

async function wiringOf(entry: string) {
    const program = await buildProgram(entry, { cwd: packageRoot() })
    const libraries = loadWorldLibraries()
    return findWiring(program, {
        ...{ board, seed: 1, forMs: 2000 },
        makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
    })
}

test("the station's wiring is what its README has, and is drawn", async () => {
    const wiring = await wiringOf("devs/station/hardware/rp2040.ts")
    expect(wiring.pins).toEqual([
        { gpio: 4, name: "GP4", use: "SDA" },
        { gpio: 5, name: "GP5", use: "SCL" },
        { gpio: 14, name: "GP14", use: "button" },
        { gpio: 15, name: "GP15", use: "output" },
    ])
    expect(wiring.i2c.map(({ address }) => address)).toEqual([0x3c])
    const drawn = renderWiring(boardFacts(board), wiring, {
        ...{ colors: createColors(false), width: 80 },
    })
    expect(drawn).toMatch(/^ +SDA +GP4 +4 ┤/m)
    expect(drawn).toMatch(/^button +GP14 14 ┤/m)
    expect(drawn).toMatch(/^On the I2C bus: 0x3c OLED/m)
})

test("what a program sets up itself, and the lines of its SPI bus", async () => {
    const { pins } = await wiringOf("test/vm/programs/hardware-pins.ts")
    expect(pins.map(({ gpio, use }) => `${gpio} ${use}`)).toEqual([
        "2 output",
        "3 input",
        ...["16 SPI MISO", "18 SPI SCK", "19 SPI MOSI"],
        "26 analog input",
    ])
})
