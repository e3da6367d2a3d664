import { describe, expect, test } from "vitest"
import { HeapMarker } from "../../../../host/model/heap/marker"
import { END_MARKER, listBlocks } from "../../../../host/model/heap/walk"
import { imageWithoutNames } from "../../../../host/link/heap-image/image-without-names"
import { assembleMemory } from "../../../../host/link/heap-image/board-memory"
import { functionTable } from "../../../../host/link/heap-image/function-table"
import { findRuntimeBlocks } from "../../../../host/link/heap-image/runtime-blocks"

const START = 0x2000_0000
const FUNCTIONS = 0x1004_0000
const FIBER = { handle: 7, firstFunction: 3 }

/** A heap of a board with two pins, one of which has something attached; simulated boards have none. */
function boardWithPins() {
    const words = new Uint32Array(100)
    let at = START
    const block = (tag: number, size: number) => {
        const address = at
        words[(address - START) / 4] = ((tag << 24) | size) >>> 0
        at += size * 4
        return address
    }
    const set = (address: number, word: number) => void (words[(address - START) / 4] = word)
    block(0x42, 3)
    for (let i = 0; i < 3; i++) block(0x0a, 4)
    const pins = block(0x42, 13)
    const attached = block(4, 4)
    const garbage = block(4, 4)
    const fiber = block(0x42, 15)
    const frame = block(8, 9)
    set(pins + 4, attached)
    set(pins + 8, 8)
    set(pins + 4 + 24 + 12, 1)
    set(fiber + 4 + 20, FIBER.firstFunction << 16)
    set(fiber + 4 + 28, FIBER.handle)
    set(fiber + 4 + 40, frame)
    set(frame + 16, FUNCTIONS + 16 * FIBER.firstFunction)
    // A hole was too small to be one: what fills free blocks is no variable.
    set(frame + 24, garbage - 4)
    set(frame + 28, 8)
    const heap = {
        words: words.slice(0, (at - START) / 4 + 1),
        origin: START,
        start: START,
        end: at,
    }
    heap.words[(at - START) / 4] = END_MARKER
    return { heap, pins, attached, garbage, fiber }
}

describe("the memory of a board, put together", () => {
    test("has the pins and what is attached to them, without the program's image", () => {
        const { heap, pins, attached, garbage, fiber } = boardWithPins()
        const runtime = findRuntimeBlocks(heap, listBlocks(heap), [FIBER])
        expect(runtime).toMatchObject({ pins: pins + 4, numPins: 2, fibers: fiber + 4, roles: 0 })
        const functions = functionTable(heap, runtime.fibers)
        expect(functions).toBe(FUNCTIONS)
        const memory = assembleMemory(
            { heap, globals: 1 },
            runtime,
            imageWithoutNames(heap, functions),
        )
        const marker = new HeapMarker(memory.heap)
        marker.mark(memory.ctx)
        expect(marker.isLive(attached)).toBe(true)
        expect(marker.isLive(garbage)).toBe(false)
        expect(listBlocks(memory.heap)).toEqual(listBlocks(heap))
    })

    test("is none when a fiber or the pins are not where they must be", () => {
        const { heap, pins } = boardWithPins()
        expect(() => findRuntimeBlocks(heap, listBlocks(heap), [{ ...FIBER, handle: 8 }])).toThrow(
            /fiber 8 is not on the heap/,
        )
        heap.words[(pins + 4 + 24 + 12 - START) / 4] = 5
        expect(() => findRuntimeBlocks(heap, listBlocks(heap), [FIBER])).toThrow(/list of pins/)
    })
})
