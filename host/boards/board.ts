import type { BoardFacts, BoardHeader, FirmwareFacts } from "../documents/boards/boards-report"
import { ARCHITECTURES, type ChipFeatures } from "./architectures"
import type { BoardFile, MemoryFile } from "./board-file"
import type { ChipFile } from "./chip-file"
import { dcfgSettings, encodeDcfg, type BoardDefinition } from "./dcfg"

/** The `archId` by which `isSimulator()` knows the official simulator. */
const SIMULATOR_ARCH = "wasm"

/** A microcontroller board and the memory a DeviceScript program has on it. */
export interface Board {
    /** As DeviceScript names it: `pico`, `esp32s2_bare`. */
    id: string
    /** For people: "Raspberry Pi Pico". */
    name: string
    description?: string
    /** `rp2040`, `esp32`, `esp32s2`, `esp32s3` or `esp32c3`. */
    chip: string
    /** DeviceScript's name of the firmware's build: the chip, or the chip and its radio (`rp2040w`). */
    archId: string
    url?: string
    /** Nominal size of the garbage-collected heap: what a program's data shares with its calls. */
    heapBytes: number
    /** The chip's RAM, which the heap is a part of. */
    sramBytes: number
    /** The board's flash; of one that is sold with several sizes, the least that the firmware needs. */
    flashBytes: number
    /** Flash set aside for the program and the device's settings together. */
    storageFlashBytes: number
    /** The largest program (bytecode file) that fits that flash. */
    programFlashBytes: number
    /** By which it names itself on the bus. */
    productId: number
    /** Who defines it. */
    definedBy: BoardFacts["definedBy"]
    /** How its firmware gets onto it, and how it talks to a computer. */
    firmware: FirmwareFacts
    /** Where its pins lie, if that is known. */
    header?: BoardHeader
    /** All that its file says. */
    definition: BoardDefinition
    /** What its firmware knows of it: pins, buses, LED, buttons (`DCFG`). */
    configuration: Uint8Array
    /** What its chip's firmware offers to programs. */
    features: ChipFeatures
    /** Why it was taken for a program that names none, if not for being the usual one. */
    takenBecause?: string
    /** Where each figure is from. */
    sources: BoardFacts["sources"]
    /** The files it was read from; `memory` may be that of the board standing for its chip. */
    files: { board: string; memory: string }
}

/**
 * A board of what its files and its chip's say. `id` and `files` are where they were found.
 * @param definition all that the board file says
 * @throws DcfgError when a setting of it is none that firmware can hold
 */
export function makeBoard(
    id: string,
    file: BoardFile,
    definition: BoardDefinition,
    { heapBytes, sramBytes, storageFlashBytes, programFlashBytes, ...memory }: MemoryFile,
    { flashBytes: leastFlash, ...firmware }: ChipFile,
    { files, ...rest }: Pick<Board, "files" | "definedBy" | "header">,
): Board {
    const flashBytes = memory.flashBytes ?? leastFlash
    const { chip, board: _, ...features } = ARCHITECTURES[file.archId]!
    return {
        id,
        name: file.devName,
        ...(file.$description !== undefined && { description: file.$description }),
        chip,
        archId: file.archId,
        ...(file.url !== undefined && { url: file.url }),
        heapBytes: heapBytes.value,
        sramBytes: sramBytes.value,
        flashBytes: flashBytes.value,
        storageFlashBytes: storageFlashBytes.value,
        programFlashBytes: programFlashBytes.value,
        productId: file.productId,
        ...rest,
        firmware,
        definition,
        features,
        configuration: encodeDcfg(dcfgSettings(definition)),
        sources: {
            heapBytes: heapBytes.source,
            sramBytes: sramBytes.source,
            flashBytes: flashBytes.source,
            storageFlashBytes: storageFlashBytes.source,
            programFlashBytes: programFlashBytes.source,
        },
        files,
    }
}

/** The board with firmware that says it is the official simulator: `isSimulator()` is true on it. */
export function asSimulator(board: Board): Board {
    const definition = { ...board.definition, archId: SIMULATOR_ARCH }
    return { ...board, configuration: encodeDcfg(dcfgSettings(definition)) }
}

/** The board with more of its chip's pins exposed, each under its number: `GPIO29`. */
export function withPins(board: Board, pins: readonly number[]): Board {
    const exposed = Object.fromEntries(pins.map(pin => [`GPIO${pin}`, pin]))
    const known = board.definition["pins"] as object | undefined
    const definition = { ...board.definition, pins: { ...known, ...exposed } }
    return { ...board, definition, configuration: encodeDcfg(dcfgSettings(definition)) }
}
