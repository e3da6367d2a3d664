import { crc32Hex } from "../../../base/crc32"
import type { Board } from "../../../boards/board"
import { CLI_VERSION } from "../../../compiler/cli-version"
import { WORLD_RECORD_SCHEMA, type RecordHeader } from "../../../documents/world-record"
import type { Program } from "../../../model/program/program"

/** What a record is made on, and what it can be played on. */
export interface Recorded {
    program: Pick<Program, "entry" | "bytecode" | "settings">
    board: Pick<Board, "id" | "chip" | "heapBytes"> & Partial<Pick<Board, "configuration">>
}

/** @param forMs simulated milliseconds that the record covers */
export function recordHeader({ program, board }: Recorded, forMs: number): RecordHeader {
    const { id, chip, heapBytes, configuration } = board
    return {
        schema: WORLD_RECORD_SCHEMA,
        program: {
            entry: program.entry,
            bytecodeBytes: program.bytecode.length,
            crc: crcOf(program.bytecode, ...settingsOf(program)),
        },
        board: { id, chip, heapBytes, ...(configuration && { crc: crcOf(configuration) }) },
        vm: { version: CLI_VERSION },
        forMs,
    }
}

/** What of a run is not as it was recorded, in words; undefined when the record fits it. */
export function misfit(header: RecordHeader, run: Recorded): string | undefined {
    const now = recordHeader(run, header.forMs)
    if (header.vm.version !== now.vm.version)
        return `it was made with release ${header.vm.version} of the VM, and this is ${now.vm.version}`
    if (header.program.crc !== now.program.crc)
        return `it was made of ${header.program.entry} as it was then, with ${header.program.bytecodeBytes} bytes of bytecode, and this program has others`
    if (header.board.heapBytes !== now.board.heapBytes || header.board.crc !== now.board.crc)
        return `it was made on ${header.board.id} with a heap of ${header.board.heapBytes} bytes, and this board is another`
    return undefined
}

function* settingsOf({ settings }: Recorded["program"]): Generator<Uint8Array> {
    const encoder = new TextEncoder()
    for (const [name, value] of settings) {
        yield encoder.encode(`\0${name}\0`)
        yield value
    }
}

function crcOf(...parts: Uint8Array[]): string {
    const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
        all.set(part, at)
        at += part.length
    }
    return crc32Hex(all)
}
