import { expect, it } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import { runProgram } from "./harness"

const libraries = loadWorldLibraries()

/** Whose words do not say what is missing, the board each dies on, and what the verdict says. */
const DEATHS = [
    ["pin", "pico_w", /not exposed/, "`heapscope boards pico_w` draws the pins"],
    ["own-pin", "kittenbot_grapebit_esp32c3", /'gpio' of undefined/, "the firmware needs itself"],
    ["strip", "pico", /ledStripSend/, "that of every ESP32 does"],
    ["spec", "pico", /'spec' of undefined/, "then `ds.Relay.spec`"],
    ["screen", "adafruit_qt_py_c3", /rows or columns/, "{ columns: 18, rows: 7 }"],
] as const

it.each(DEATHS)("the verdict says what %s lacks", async (name, id, said, lacks) => {
    const { report } = await runProgram(`test/vm/programs/hints/${name}.ts`, {
        board: findBoard(id),
        makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
    })
    expect(report.outcome.message).toMatch(said)
    expect(report.judgement.evidence.join("\n")).toContain(lacks)
})

it("says no more where nothing is known", async () => {
    const { report } = await runProgram("die-exception")
    expect(report.judgement.evidence.join("\n")).not.toMatch(/heapscope boards|ESP32|spec|columns/)
})
