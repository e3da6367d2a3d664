import { createColors } from "picocolors"
import stringWidth from "string-width"
import { expect, it } from "vitest"
import { boardFacts } from "../../../../../host/boards/board-facts"
import { allBoards, findBoard } from "../../../../../host/boards/node/find-board"
import {
    renderBoard,
    renderBoards,
} from "../../../../../host/sinks/terminal/boards/boards-terminal"
import { renderPinout } from "../../../../../host/sinks/terminal/boards/pinout"

const BOARDS = [...allBoards()].map(boardFacts)
const style = { colors: createColors(false), width: 100 }

it("the pins are drawn as they lie on the board", () => {
    expect(renderPinout(boardFacts(findBoard("seeed_xiao_esp32c3")), style)).toBe(`\
                  ┌──┤ USB ├──┐
analog   A0_D0  2 ┤           ├    5V
analog   A1_D1  3 ┤           ├    GND
analog   A2_D2  4 ┤           ├    3V3
         A3_D3  5 ┤           ├ 10 MOSI_D10
        SDA_D4  6 ┤           ├ 9  MISO_D9   buttonBOOT
        SCL_D5  7 ┤           ├ 8  SCK_D8
   log   TX_D6 21 ┤           ├ 20 RX_D7
                  └───────────┘
Names as programs know them; in colour the GPIO number.`)
})

it("no line is wider than the terminal, and each pin is drawn once", () => {
    for (const board of BOARDS)
        for (const width of [80, 120]) {
            const text = renderBoard(board, { ...style, width })
            // An address is not broken.
            for (const line of text.split("\n").filter(line => !line.startsWith("https://")))
                expect(stringWidth(line)).toBeLessThanOrEqual(width)
            const drawing = renderPinout(board, { ...style, width }).split("\n")
            for (const { name, gpio } of board.pins)
                expect(
                    drawing.filter(line =>
                        new RegExp(` ${name} +${gpio} ┤|├ ${gpio} +${name}( |$)`).test(line),
                    ),
                    `${board.id} ${name}`,
                ).toHaveLength(1)
        }
})

it("the list has a row for each board, with its figures", () => {
    const rows = renderBoards(BOARDS, style).split("\n")
    expect(rows).toHaveLength(BOARDS.length + 1)
    expect(rows.find(row => row.startsWith("msr48"))).toMatch(/40,960 B .*as its chip$/)
    for (const row of rows) expect(stringWidth(row)).toBeLessThanOrEqual(100)
})
