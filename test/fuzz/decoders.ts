import * as v from "valibot"
import { diffSnapshots } from "../../host/analysis/snapshot/diff"
import { graphOf, parseSnapshot } from "../../host/analysis/snapshot/snapshot-file"
import { SnapshotView } from "../../host/analysis/snapshot/snapshot-view"
import { UserError } from "../../host/base/errors"
import { toJson } from "../../host/base/json"
import { printable } from "../../host/base/sanitize"
import type { Board } from "../../host/boards/board"
import { BoardFileSchema, MemoryFileSchema } from "../../host/boards/board-file"
import { DcfgError, decodeDcfg } from "../../host/boards/dcfg"
import { readPartitionTable } from "../../host/boards/images/partition-table"
import { prepareUf2Firmware } from "../../host/boards/images/uf2-firmware"
import { findBoard } from "../../host/boards/node/find-board"
import { checkImage } from "../../host/compiler/node/bytecode-file"
import { EventSchema, HeaderSchema } from "../../host/documents/recording-format"
import { parseAgentLine } from "../../host/link/agent/agent-line"
import { deathIn, readBoardLine } from "../../host/link/board-log"
import { LogLines, MAX_LINE_BYTES } from "../../host/link/log-lines"
import { parseDebugInfo } from "../../host/model/program/debug-info"
import { ProgramImage } from "../../host/model/program/program-image"
import { SourceLocator } from "../../host/model/program/source-locator"
import { SourceMap } from "../../host/model/program/source-map"
import { openLine, sealLine } from "../../host/recording/recording-line"
import { BootRom } from "../../host/simulator/boot-rom/boot-rom"
import { ROM_CHIPS } from "../../host/simulator/boot-rom/chips"
import { encodeSlip } from "../../host/simulator/boot-rom/slip"
import { SpiFlash } from "../../host/simulator/boot-rom/spi-flash"
import { toChromeHeapSnapshot } from "../../host/sinks/files/chrome-heap-snapshot"
import { bridgeCommandOf } from "../../host/wire/bridge"
import { encodeFrame, FrameDecoder } from "../../host/wire/framing"
import { isValidFrame, sealFrame } from "../../host/wire/jacdac-frame"
import { deviceOf, packetFrame, packetsOf } from "../../host/wire/jacdac-packet"
import { partitionTable, rp2040Uf2 } from "../host/boards/images/make-firmware"
import type { Corpus } from "./corpus"
import { mutateBytes, mutateJson, mutateText, type Random } from "./mutate"

/** Takes one input apart, which the same random numbers make again. It throws when something is wrong. */
export type Driver = (random: Random) => void

/** A driver for each decoder that reads what others may have made. */
export const DRIVERS: Record<string, (corpus: Corpus) => Driver> = {
    framing,
    packet,
    "agent-line": agentLine,
    "log-line": logLine,
    recording,
    snapshot,
    "chrome-export": chromeExport,
    bytecode,
    "debug-info": debugInfo,
    "board-file": boardFile,
    firmware,
    "boot-rom": bootRom,
}

const UNSAFE = /(?!\n)[\p{Cc}\p{Surrogate}\u202a-\u202e\u2066-\u2069]/u

function demand(holds: boolean, what: string): void {
    if (!holds) throw new Error(what)
}

/** The first, small one seven times out of eight: all is in it, and it takes a tenth of the time. */
function mostly<T>(inputs: readonly T[]): T[] {
    return [...Array.from({ length: 6 }, () => inputs[0]!), ...inputs]
}

/** What a person who gives a damaged file is told, or nothing when it is not damaged. */
function readable<T>(read: () => T): T | undefined {
    try {
        return read()
    } catch (error) {
        if (!(error instanceof UserError)) throw error
        demand(error.message.length < 1000, "a message nobody reads")
        demand(!UNSAFE.test(printable(error.message, false)), "a message that moves the cursor")
        return undefined
    }
}

function framing({ stream }: Corpus): Driver {
    return random => {
        const lines = new LogLines(line =>
            demand(line.length <= MAX_LINE_BYTES, "a line longer than any"),
        )
        const decoder = new FrameDecoder({
            frame: frame => {
                demand(isValidFrame(frame), "an invalid frame")
                lines.sync()
            },
            text: bytes => lines.add(bytes),
            gap: () => lines.sync(),
            damaged: what => (what === "tail" ? lines.dropTail() : lines.sync()),
        })
        const bytes = mutateBytes(random, stream)
        const cut = random.below(bytes.length + 1)
        decoder.push(bytes.subarray(0, cut))
        decoder.push(bytes.subarray(cut))
        lines.end()
    }
}

function packet({ stream }: Corpus): Driver {
    return random => {
        const bytes = mutateBytes(random, stream).slice(0, 252)
        if (bytes.length < 12) return
        bytes[2] = bytes.length - 12
        const frame = sealFrame(bytes)
        demand(isValidFrame(frame), "sealed and not valid")
        bridgeCommandOf(frame)
        const device = deviceOf(frame)
        for (const one of packetsOf(frame))
            if (one.data.length <= 236) packetFrame(device, frame[3]!, one)
        encodeFrame(frame)
    }
}

function agentLine({ lines }: Corpus): Driver {
    return random => {
        const report = parseAgentLine(mutateText(random, lines))
        if (report?.kind !== "report") return
        demand(Number.isSafeInteger(report.uptimeMs), "a time that is none")
        demand(
            report.structures.every(({ length }) => Number.isSafeInteger(length)),
            "a length that is none",
        )
    }
}

function logLine({ lines, debug }: Corpus): Driver {
    const locators = [debug, undefined].map(
        text =>
            new SourceLocator({
                debug: text === undefined ? undefined : parseDebugInfo(text, "debug"),
                sourceFolder: "src",
            }),
    )
    return random => {
        const line = readBoardLine(mutateText(random, lines), random.below(1000))
        const { text } = random.pick(locators).locate(line)
        deathIn(line)
        demand(!UNSAFE.test(printable(text, false)), "a line that moves the cursor")
        demand(!UNSAFE.test(toJson(line)), "JSON that moves the cursor")
    }
}

function recording({ events, header }: Corpus): Driver {
    const sealed = [header, ...events].map(event => sealLine(event))
    return random => {
        const schema = random.below(8) === 0 ? HeaderSchema : EventSchema
        const line =
            random.below(2) === 0
                ? mutateText(random, sealed)
                : sealLine({ kind: "", ...(mutateJson(random, random.pick(events)) as object) })
        const found = openLine(line)
        if (found) v.safeParse(schema, found, { abortEarly: true })
    }
}

function snapshot({ snapshots }: Corpus): Driver {
    const values = mostly(snapshots)
    const texts = values.map(one => toJson(one))
    return random => {
        const json =
            random.below(4) === 0
                ? mutateText(random, texts)
                : toJson(mutateJson(random, random.pick(values)))
        const found = readable(() => parseSnapshot(json, "snapshot"))
        if (!found) return
        const view = new SnapshotView(found)
        diffSnapshots(view, view)
        view.byClass()
    }
}

function chromeExport({ snapshots }: Corpus): Driver {
    const values = mostly(snapshots)
    return random => {
        const json = toJson(mutateJson(random, random.pick(values)))
        const found = readable(() => parseSnapshot(json, "snapshot"))
        if (!found) return
        const { nodes, edges, strings } = toChromeHeapSnapshot(graphOf(found))
        demand([...nodes, ...edges].every(Number.isSafeInteger), "a number that is none")
        demand(
            strings.every(text => typeof text === "string"),
            "a name that is none",
        )
    }
}

function bytecode({ images }: Corpus): Driver {
    return random => {
        const bytes = mutateBytes(random, images)
        readable(() => checkImage(bytes, "program.devs"))
        const image = new ProgramImage(bytes)
        for (let i = 0; i < 8; i++) {
            const index = random.below(70_000) - 100
            image.functionName(index)
            image.string(index)
            image.serviceName(index)
            const offset = image.functionOffset(index)
            if (offset !== undefined) image.functionIndexAt(offset)
        }
    }
}

function debugInfo({ debug, shortDebug }: Corpus): Driver {
    const texts = mostly([shortDebug, debug])
    const values = texts.map(text => JSON.parse(text) as unknown)
    return random => {
        const json =
            random.below(4) === 0
                ? mutateText(random, texts)
                : JSON.stringify(mutateJson(random, random.pick(values)))
        const found = readable(() => parseDebugInfo(json, "program-dbg.json"))
        if (!found) return
        const map = SourceMap.of(found)
        map.libraryCode()
        const locator = new SourceLocator({ debug: found, sourceFolder: ".." })
        locator.locate({
            atMs: 0,
            level: "runtime",
            text: `*  at f_F${random.below(9)} (pc:${random.below(3000)})`,
        })
        locator.stackOfDeath([random.below(70_000)])
    }
}

function boardFile({ boards, memories }: Corpus): Driver {
    return random => {
        const isBoard = random.below(2) === 0
        const value = mutateJson(random, random.pick(isBoard ? boards : memories))
        v.safeParse(isBoard ? BoardFileSchema : MemoryFileSchema, value, { abortPipeEarly: true })
    }
}

/** What a board would be given: all of a file that is taken is inside its flash. */
function firmware(): Driver {
    const pico = findBoard("pico")
    const files = [rp2040Uf2(1000), prepareUf2Firmware(rp2040Uf2(1000), uf2Options(pico)).file]
    const tables = [partitionTable()]
    return random => {
        const file = mutateBytes(random, files)
        const taken = readable(() => prepareUf2Firmware(file, uf2Options(pico)))
        const { offset } = pico.firmware.image
        for (const { address, bytes } of taken?.parts ?? [])
            demand(
                address >= offset && address + bytes <= offset + pico.flashBytes,
                "a part outside of the flash",
            )
        const table = mutateBytes(random, tables)
        const limits = { name: "fw", flashBytes: 1 << 21 }
        for (const { address, bytes } of readable(() => readPartitionTable(table, limits)) ?? [])
            demand(address + bytes <= limits.flashBytes, "a partition outside of the flash")
        try {
            decodeDcfg(mutateBytes(random, [pico.configuration]))
        } catch (error) {
            if (!(error instanceof DcfgError)) throw error
        }
    }
}

function uf2Options(board: Board) {
    return { name: "fw", board, erase: false }
}

/** Whatever a host sends, the boot ROM goes on, and its flash keeps its size. */
function bootRom(): Driver {
    const commands = [0x02, 0x05, 0x08, 0x09, 0x0a, 0x10, 0x13, 0x14, 0xd0, 0xd2].map(command => {
        const packet = new Uint8Array(28)
        packet.set([0, command, 20, 0])
        packet.set([7, 7, 0x12, 0x20], 8)
        return encodeSlip(packet)
    })
    return random => {
        const flash = new SpiFlash(1 << 16)
        const rom = new BootRom({
            ...{ chip: ROM_CHIPS["esp32c3"]!, flash },
            ...{ send: () => undefined, onReboot: () => undefined },
        })
        rom.receive(commands[2]!)
        for (let packet = 0; packet < 6; packet++) rom.receive(mutateBytes(random, commands))
        demand(flash.bytes.length === 1 << 16, "a flash of another size")
    }
}
