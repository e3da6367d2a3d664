import { hex, HeapError, type HeapMemory } from "../../model/heap/heap-memory"
import { END_MARKER, TAG_PINNED } from "../../model/heap/walk"
import { isHeapObject } from "../debugger/debugger-format"
import { wordsOf } from "../debugger/debugger-words"
import type { HaltedProgram } from "../debugger/halted-program"
import { addressesKept, capacities, findHeapStart } from "./heap-start"
import { HeapWindow, PartialHeap } from "./heap-window"
import { FALSE_HEADER, findWindowVariables } from "./agent-window"

/** Bytes of the blocks the agent's buffer and a false header in it take. */
const BUFFER_BLOCK_BYTES = 24
const HEADER_IN_BUFFER = 12
/** Header of the runtime's three tables, the blocks after the global variables: short maps of 16 bytes. */
const TABLE_HEADER = 0x0a000004
const TABLE_BYTES = 16
const TABLES = 3
const BYTES_TYPE = 2

/** The heap of a board, byte for byte, but that free blocks have nothing in them. */
export interface BoardHeap {
    heap: HeapMemory
    /** Number of the program's global variables. Their block is the heap's first. */
    globals: number
}

/**
 * Reads the heap of a halted program that has the agent in it. Nothing on the board changes.
 *
 * The global variables lead to the buffer that holds a false header, from which all that comes after
 * it can be read, up to the end of the heap. That and the heap's size tell where the heap starts, so
 * where the variable is that is itself a false header, and through it the rest is read; what comes
 * before its window are variables.
 * @param heapBytes nominal size of the heap the board is said to have
 * @param idleBytes what it is known to take of that before any program
 * @throws UserError when the program has no agent or the heap cannot be found, HeapError when it is
 * not what the runtime leaves
 */
export async function readHeap(
    program: HaltedProgram,
    heapBytes: number,
    idleBytes?: number,
): Promise<BoardHeap> {
    const { index, buffer, values } = await findWindowVariables(program)
    const afterBuffer = buffer + BUFFER_BLOCK_BYTES
    const heap = new PartialHeap(buffer)
    const told = values.filter(isHeapObject).map(({ v0 }) => v0)
    const candidates = capacities(heapBytes)
    const largest = Math.max(...candidates)
    const variables = 4 + 8 * (index + 2)
    const least = variables + TABLES * TABLE_BYTES

    const upper = buffer + HEADER_IN_BUFFER
    program.prove(upper, FALSE_HEADER, afterBuffer)
    const highest = Math.min(...told) - least + largest + 4
    const above = new HeapWindow(program, heap, upper, highest)
    const end = await above.readBlocks(afterBuffer, (_, word) => word === END_MARKER)

    const known = [...told, ...addressesKept(heap, afterBuffer, end, largest)]
    const start = findHeapStart(end, known, least, candidates, idleBytes)
    const lower = start + 4 + 8 * index
    program.prove(lower, FALSE_HEADER, end)
    const below = new HeapWindow(program, heap, lower, afterBuffer + 4)
    values.slice(0, index + 2).forEach((value, i) => {
        wordsOf(value).forEach((word, half) => heap.setWord(start + 4 + 8 * i + 4 * half, word))
    })
    let globals = index + 2
    for (; ; globals++) {
        const tables = start + 4 + 8 * globals
        await below.readTo(tables + TABLES * TABLE_BYTES)
        const isTable = (i: number) => heap.word(tables + TABLE_BYTES * i) === TABLE_HEADER
        if ([0, 1, 2].every(isTable)) break
    }
    const globalsBytes = 4 + 8 * globals
    heap.setWord(start, (((TAG_PINNED | BYTES_TYPE) << 24) | (globalsBytes / 4)) >>> 0)
    const met = await below.readBlocks(start + globalsBytes, at => at >= afterBuffer)
    if (met !== afterBuffer)
        throw new HeapError(`no block of the heap ends at ${hex(afterBuffer)}, where one starts`)

    return {
        heap: { words: heap.slice(start, end + 4 - start), origin: start, start, end },
        globals,
    }
}
