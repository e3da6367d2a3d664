import { formatBytesExact, formatDuration } from "../../../base/format-units"
import { sanitize } from "../../../base/sanitize"
import type { BoardFacts, BoardWiring } from "../../../documents/boards/boards-report"
import type { Style } from "../text/style"
import { renderTopTable } from "../text/table"
import { wrap } from "../text/text-layout"
import { renderPinout } from "./pinout"

/** Flash is made in whole ones. */
const MIB = 1024 * 1024

/** How the terminal names who defines a board. */
const DEFINED_BY: Readonly<Record<BoardFacts["definedBy"], string>> = {
    heapscope: "",
    official: "as its chip",
    project: "your own",
}

/** The boards in one table. */
export function renderBoards(boards: readonly BoardFacts[], style: Style): string {
    const right = ["heap", "RAM", "flash", "program"]
    const columns = [
        { title: "board", align: "left" as const },
        { title: "name", align: "left" as const, shrinks: "end" as const },
        { title: "chip", align: "left" as const },
        ...right.map(title => ({ title, align: "right" as const })),
        { title: "", align: "left" as const },
    ]
    const rows = boards.map(board => [
        board.id,
        sanitize(board.name),
        board.chip,
        formatBytesExact(board.heapBytes),
        formatBytesExact(board.sramBytes),
        `${board.flashBytes / MIB} MiB`,
        formatBytesExact(board.programFlashBytes),
        style.colors.dim(DEFINED_BY[board.definedBy]),
    ])
    return renderTopTable(columns, rows, rows.length, style)
}

/** All that is known of one board. */
export function renderBoard(board: BoardFacts, style: Style): string {
    const { colors: c } = style
    const { usb, serial, bootMode } = board.firmware
    const rows: [string, number, string][] = [
        ["heap", board.heapBytes, board.sources.heapBytes],
        ["RAM", board.sramBytes, board.sources.sramBytes],
        ["flash", board.flashBytes, board.sources.flashBytes],
        ["program and settings", board.storageFlashBytes, board.sources.storageFlashBytes],
        ["program at most", board.programFlashBytes, board.sources.programFlashBytes],
    ]
    const figures = rows.flatMap(([title, bytes, source]) => [
        `${title.padEnd(22)}${formatBytesExact(bytes).padStart(12)}`,
        ...indented(source, style).map(line => c.dim(line)),
    ])
    const paragraph = (title: string, lines: readonly string[], source: string) => [
        "",
        c.bold(title),
        ...lines.flatMap(line => indented(line, style)),
        ...indented(source, style).map(line => c.dim(line)),
    ]
    return [
        `${c.bold(sanitize(board.name))} (${board.id})`,
        `${board.chip}, product 0x${board.productId.toString(16)} on the bus`,
        ...wrap(sanitize(board.description ?? ""), style.width),
        ...(board.url === undefined ? [] : [sanitize(board.url)]),
        "",
        ...figures,
        ...paragraph(
            "USB",
            [
                `${usb.running.join(", ")} while the firmware runs, ${usb.bootMode.join(", ")} in the boot mode`,
            ],
            usb.source,
        ),
        ...paragraph(
            "serial port",
            [
                serial.baud === null ? "Any speed will do." : `${serial.baud} baud.`,
                `DTR and RTS: ${serial.lines}`,
            ],
            serial.source,
        ),
        ...paragraph(
            "boot mode, to write firmware",
            [...bootMode.enter, `Out of it: ${bootMode.leave}`],
            bootMode.source,
        ),
        "",
        renderPinout(board, style),
    ].join("\n")
}

/** A board with what a program uses at its pins. */
export function renderWiring(board: BoardFacts, wiring: BoardWiring, style: Style): string {
    const { colors: c, width } = style
    const { entry, ranMs, ended, pins, i2c } = wiring
    const inner = pins.filter(({ name }) => name === undefined)
    const bus = i2c.map(({ address, device }) => `0x${address.toString(16)} ${device ?? "nobody"}`)
    const when = ended === undefined ? "" : `; then it ended: ${ended}`
    return [
        `${c.bold(sanitize(board.name))} (${board.id}), as ${sanitize(entry)} uses it`,
        "",
        renderPinout(board, style, pins),
        ...(inner.length === 0
            ? []
            : wrap(
                  `Without a name: ${inner.map(({ gpio, use }) => `GPIO ${gpio} ${use}`).join("; ")}.`,
                  width,
              )),
        ...(bus.length === 0 ? [] : wrap(sanitize(`On the I2C bus: ${bus.join("; ")}.`), width)),
        ...wrap(
            sanitize(
                `${pins.length === 0 ? "It used no pin" : "What it used"} in ${formatDuration(ranMs)}, in the simulator${when}.`,
            ),
            width,
        ),
    ].join("\n")
}

function indented(text: string, { width }: Style): string[] {
    return wrap(sanitize(text), width - 4).map(line => `    ${line}`)
}
