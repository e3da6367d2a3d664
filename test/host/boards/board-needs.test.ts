import { expect, it } from "vitest"
import { boardFor } from "../../../host/boards/board-needs"
import { allBoards, findBoard } from "../../../host/boards/node/find-board"
import type { BoardNeeds } from "../../../host/model/program/program"

const NOTHING: BoardNeeds = { i2cBus: false, ledStrip: false, pins: [], analogPins: [] }
const take = (needs: Partial<BoardNeeds>) =>
    boardFor({ ...NOTHING, ...needs }, findBoard("pico"), allBoards)

it("is the usual board for a program that it has everything for", () => {
    const others = () => expect.unreachable("no other is looked at")
    const needs = { ...NOTHING, pins: [28], analogPins: [28] }
    expect(boardFor(needs, findBoard("pico"), others)).toMatchObject({ lacks: [], added: [] })
})

it("is the first that has all that the program uses", () => {
    expect(take({ i2cBus: true }).board.definition["i2c"]).toMatchObject({
        pinSDA: expect.anything(),
    })
    const strip = take({ ledStrip: true, pins: [7] })
    expect(strip.board.features.ledStrip).toBe(true)
    expect(Object.values(strip.board.definition["pins"] as object)).toContain(7)
    expect(strip.lacks).toEqual(["no strip of LEDs in its firmware"])
    const screen = take({ pins: [33, 34, 35, 36, 37, 38] })
    expect(screen).toMatchObject({ board: { chip: "esp32s2" }, added: [] })
    expect(screen.lacks).toEqual(["no GPIO 33, 34, 35, 36, 37, 38 to connect anything to"])
    expect(take({ pins: [3], analogPins: [3] }).board.features.analogPins).toContain(3)
})

it("is somebody's own of the usual chip where no board exposes all the pins together", () => {
    const { board, added } = take({ pins: [0, 26, 27, 28, 29], analogPins: [26] })
    expect(added).toEqual([29])
    expect(board).toMatchObject({ id: "pico", definition: { pins: { GP28: 28, GPIO29: 29 } } })
    expect(board.configuration).not.toEqual(findBoard("pico").configuration)
    // What no chip has is left to the program to find out.
    expect(take({ pins: [99] })).toMatchObject({ board: { id: "pico" }, lacks: [], added: [] })
})
