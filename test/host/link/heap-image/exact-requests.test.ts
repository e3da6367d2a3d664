import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { HeapError } from "../../../../host/model/heap/heap-memory"
import { UserError } from "../../../../host/base/errors"
import { heapStats } from "../../../../host/model/heap/stats"
import { END_MARKER } from "../../../../host/model/heap/walk"
import { Debugger } from "../../../../host/link/debugger/debugger"
import { BadAnswerError, COMMAND } from "../../../../host/link/debugger/debugger-format"
import { RefusedRequestError } from "../../../../host/link/debugger/debugger-rules"
import { ExactHeap } from "../../../../host/link/heap-image/exact-heap"
import { NoAnswerError } from "../../../../host/link/jacdac/service-client"
import { FAKE_ADDRESS, FakeBoard, type FakeAnswers } from "../fake-board"

const FALSE_HEADER = 0x05000002
const START = 0x20001004
const CAPACITY = 65_524
const END = START + CAPACITY
const FUNCTIONS = 0x10040000
const TABLE = 0x0a000004

/** A heap as a program with the agent leaves it, written down by hand. */
class HeapModel {
    readonly words = new Uint32Array(CAPACITY / 4 + 1)
    /** Addresses of the block headers. */
    readonly blocks: number[] = []
    private at = START
    readonly buffer: number
    readonly fiber: number

    /** @param index of the agent's number among the variables @param sizes of blocks before and after */
    constructor(
        readonly index: number,
        readonly globals: number,
        below: number[],
        above: number[],
    ) {
        this.block(0x42, 1 + 2 * globals)
        for (let i = 0; i < 3; i++) this.set(this.block(0x0a, 4), TABLE)
        this.block(0x42, 2)
        below.forEach((words, i) => this.block(i % 3 === 0 ? 1 : 2, words))
        this.buffer = this.block(5, 6)
        this.set(this.buffer + 4, 12)
        this.set(this.buffer + 12, FALSE_HEADER)
        this.set(this.buffer + 16, 0xffff)
        above.forEach((words, i) => this.block(i % 3 === 0 ? 1 : 6, words))
        this.fiber = this.block(0x42, 15)
        const frame = this.block(8, 8)
        this.set(frame + 16, FUNCTIONS)
        this.set(this.fiber + 4 + 28, 1)
        this.set(this.fiber + 4 + 40, frame)
        this.block(1, (END - this.at) / 4)
        this.set(END, END_MARKER)
        this.value(index, FALSE_HEADER, 0xffffffff)
        this.value(index + 1, this.buffer, 8)
    }

    word(address: number): number {
        return this.words[(address - START) >>> 2] ?? 0
    }

    set(address: number, word: number): void {
        this.words[(address - START) >>> 2] = word
    }

    value(index: number, low: number, high: number): void {
        this.set(START + 4 + 8 * index, low)
        this.set(START + 8 + 8 * index, high)
    }

    private block(tag: number, words: number): number {
        const address = this.at
        this.blocks.push(address)
        this.set(address, ((tag << 24) | words) >>> 0)
        this.at += words * 4
        return address
    }
}

/** The board's own check (`devs_gc_obj_check`), which has it crash. */
function crashes(heap: HeapModel, address: number): boolean {
    const header = heap.word(address)
    return (
        address % 4 !== 0 ||
        address < START ||
        address >= END ||
        address + (header & 0xffffff) * 4 > END ||
        ((header >>> 24) & 0xf) === 0
    )
}

/** A board with this heap that answers as the firmware does, and remembers if it would have crashed. */
function honest(heap: HeapModel): FakeAnswers & { crashed: string[] } {
    const crashed: string[] = []
    return {
        crashed,
        pipe(command, args) {
            const view = new DataView(args.buffer, args.byteOffset, args.length)
            if (command === COMMAND.readFibers) return [Uint8Array.of(1, 0, 0, 0, 0x4f, 0xc3, 0, 0)]
            const address = view.getUint32(0, true)
            const start = view.getUint16(6, true)
            const count = view.getUint16(8, true)
            if (count < 1 || count > 999) crashed.push(`length ${count}`)
            if (command === COMMAND.readIndexedValues) {
                const values = Array.from({ length: heap.globals }, (_, i) => expand(heap, i))
                return values.slice(start, start + count)
            }
            if (crashes(heap, address)) {
                crashed.push(`address ${address.toString(16)}`)
                return []
            }
            if (((heap.word(address) >>> 24) & 0xf) !== 5) return []
            const size = Math.max(0, Math.min(count, (heap.word(address + 4) & 0xffff) - start))
            const first = address + 12 + start - START
            const memory = new Uint8Array(heap.words.buffer)
            const bytes = new Uint8Array(size)
            bytes.set(memory.subarray(first, first + size))
            return chunked(bytes)
        },
    }
}

function chunked(bytes: Uint8Array): Uint8Array[] {
    const chunks: Uint8Array[] = []
    for (let at = 0; at < bytes.length; at += 200) chunks.push(bytes.subarray(at, at + 200))
    return chunks
}

/** What the debugger tells of a variable that is undefined, an integer or a buffer. */
function expand(heap: HeapModel, index: number): Uint8Array {
    const low = heap.word(START + 4 + 8 * index)
    const high = heap.word(START + 8 + 8 * index)
    const value = new Uint8Array(11)
    const view = new DataView(value.buffer)
    if (high === 0xffffffff) {
        view.setFloat64(0, low | 0, true)
        value[10] = 1
    } else if (high === 8) {
        view.setUint32(0, low, true)
        view.setUint32(4, (0x80000000 | (heap.word(low + 4) & 0xffff)) >>> 0, true)
        value[10] = 0x53
    } else value[10] = 2
    return value
}

async function read(answers: FakeAnswers) {
    const board = new FakeBoard(answers)
    const debug = new Debugger(board, FAKE_ADDRESS)
    try {
        return { heap: await ExactHeap.read(debug, { heapBytes: 65_536, timeoutMs: 200 }), board }
    } catch (error) {
        return { error: error as Error, board }
    } finally {
        debug.close()
    }
}

const sizes = (most: number) => fc.array(fc.integer({ min: 2, max: 300 }), { maxLength: most })
const anyHeap = fc
    .record({
        index: fc.nat(20),
        more: fc.integer({ min: 2, max: 9 }),
        below: sizes(8),
        above: sizes(60),
    })
    .filter(({ below }) => below.reduce((sum, words) => sum + words, 0) < 800)
    .map(({ index, more, below, above }) => new HeapModel(index, index + more, below, above))
const WORDS = [
    0,
    1,
    FALSE_HEADER,
    TABLE,
    0xffffffff,
    0x01000002,
    0x01ffffff,
    0x42000001,
    0x04000004,
]
const anyWord = fc.oneof(
    fc.constantFrom(...WORDS),
    fc.integer({ min: START, max: END }).map(address => address & ~3),
    fc.integer({ min: 0, max: 0xffffffff }),
)

async function expectRead(model: HeapModel): Promise<void> {
    const answers = honest(model)
    const { heap, error } = await read(answers)
    expect(error).toBeUndefined()
    expect(answers.crashed).toEqual([])
    const { words } = model
    const expected = heapStats({ words, origin: START, start: START, end: END })
    expect(heap!.figures()).toMatchObject(expected)
}

const EXPECTED = [HeapError, UserError, RefusedRequestError, NoAnswerError, BadAnswerError]

describe("a heap that is read", () => {
    test("is the board's, whatever lies on it and wherever the agent's variables are", async () => {
        await fc.assert(
            fc.asyncProperty(anyHeap, async model => expectRead(model)),
            { numRuns: 60 },
        )
    }, 60_000)

    test("is the board's, where two frames of an answer have the same CRC", async () => {
        // Found by this seed: the heap has such an answer.
        await fc.assert(
            fc.asyncProperty(anyHeap, async model => expectRead(model)),
            { seed: -274716605, path: "5:66", numRuns: 1, endOnFailure: true },
        )
    })

    test("damaged anywhere, is an error or a heap: never a request that crashes the board", async () => {
        let errors = 0
        const damage = fc.array(fc.tuple(fc.nat(), anyWord, fc.boolean()), {
            minLength: 1,
            maxLength: 6,
        })
        await fc.assert(
            fc.asyncProperty(anyHeap, damage, async (model, damaged) => {
                const afterGlobals = START + 4 + 8 * model.globals
                for (const [place, word, isHeader] of damaged) {
                    const address = isHeader
                        ? model.blocks[place % model.blocks.length]!
                        : START + 4 * (place % (CAPACITY / 4))
                    // What the board itself names is its own word.
                    const isNamed = address >= model.buffer && address < model.buffer + 24
                    if (address >= afterGlobals && !isNamed) model.set(address, word)
                }
                const answers = honest(model)
                const { error, board } = await read(answers)
                if (error) errors++
                if (error && !EXPECTED.some(kind => error instanceof kind)) throw error
                expect(answers.crashed).toEqual([])
                expect(board.requests.at(-1)!.command).toBeGreaterThanOrEqual(0x1000)
                expect(board.requests.some(({ command }) => command === 0x2001)).toBe(true)
            }),
            { numRuns: 300 },
        )
        expect(errors).toBeGreaterThan(50)
    }, 120_000)

    test("whose end is not where it must be, is not asked for at a start that is wrong", async () => {
        const model = new HeapModel(4, 8, [20, 20], [30, 30, 30])
        model.set(model.blocks.at(-3)!, END_MARKER)
        const answers = honest(model)
        const { error } = await read(answers)
        expect(error?.message).toMatch(/where the board's heap starts/)
        expect(answers.crashed).toEqual([])
    })
})

test("a board that says anything gets no request outside the rules, and is let go", async () => {
    const value = fc.record({
        v0: fc.oneof(anyWord, fc.constant(0x20001100), fc.constant(0x8000000)),
        v1: fc.oneof(anyWord, fc.constantFrom(0x8000000c, 0x41940000)),
        tag: fc.oneof(fc.nat(255), fc.constantFrom(1, 2, 0x53)),
    })
    const answer = fc.oneof(
        fc.array(fc.uint8Array({ maxLength: 220 }), { maxLength: 40 }),
        fc.array(value, { maxLength: 12 }).map(values =>
            values.map(({ v0, v1, tag }) => {
                const data = new Uint8Array(11)
                const view = new DataView(data.buffer)
                view.setUint32(0, v0, true)
                view.setUint32(4, v1, true)
                data[10] = tag
                return data
            }),
        ),
        // The agent's buffer, and a window without an end.
        fc.constant([Uint8Array.of(2, 0, 0, 5, 255, 255, 0, 0, 0, 0, 0, 0)]),
        fc.constant([200, 200, 200, 200, 199].map(size => new Uint8Array(size).fill(2))),
        fc.constant(Array.from({ length: 1100 }, () => new Uint8Array(1))),
    )
    await fc.assert(
        fc.asyncProperty(fc.infiniteStream(answer), async answers => {
            const told = new Set<number>()
            let asked = 0
            const { error, board } = await read({
                pipe(command, args) {
                    asked++
                    const view = new DataView(args.buffer, args.byteOffset, args.length)
                    if (command === COMMAND.readBytes) {
                        const address = view.getUint32(0, true)
                        expect(address % 4).toBe(0)
                        expect(told.has(address) || told.has(address - 12)).toBe(true)
                        expect(view.getUint16(8, true)).toBeGreaterThan(0)
                        expect(view.getUint16(8, true)).toBeLessThan(1000)
                    } else
                        expect([COMMAND.readFibers, COMMAND.readIndexedValues]).toContain(command)
                    const chunks = answers.next().value!
                    if (command === COMMAND.readIndexedValues)
                        for (const data of chunks)
                            if (data.length >= 11)
                                told.add(
                                    new DataView(data.buffer, data.byteOffset).getUint32(0, true),
                                )
                    return chunks
                },
            })
            expect(asked).toBeLessThan(2000)
            if (!error) throw new Error("there was no heap to read")
            if (!EXPECTED.some(kind => error instanceof kind)) throw error
            expect(board.requests.filter(({ command }) => command === 0x2001).length).toBe(1)
        }),
        { numRuns: 150 },
    )
}, 120_000)
