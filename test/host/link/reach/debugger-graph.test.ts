import fc from "fast-check"
import { expect, test } from "vitest"
import { Debugger } from "../../../../host/link/debugger/debugger"
import { COMMAND } from "../../../../host/link/debugger/debugger-format"
import { readDebuggerGraph } from "../../../../host/link/reach/debugger-graph"
import {
    frameBytes,
    listBytes,
    mapBytes,
    stringBytes,
} from "../../../../host/link/reach/reachable-objects"
import { FAKE_ADDRESS, FakeBoard, type FakeAnswers } from "../fake-board"

function look(answers: FakeAnswers, maxCommands = 50) {
    const board = new FakeBoard(answers)
    const debug = new Debugger(board, FAKE_ADDRESS)
    return debug
        .whileHalted(program => readDebuggerGraph(program, { maxCommands }))
        .then(
            found => ({ board, found, error: undefined }),
            (error: Error) => ({ board, found: undefined, error }),
        )
        .finally(() => debug.close())
}

/** A value as the debugger writes it. */
function value(tag: number, v0: number, v1 = 0, functionIndex = 0): Uint8Array {
    const bytes = new Uint8Array(11)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, v0, true)
    view.setUint32(4, v1, true)
    view.setUint16(8, functionIndex, true)
    view.setUint8(10, tag)
    return bytes
}

test("what things take is as the runtime lays them out", () => {
    expect([0, 1, 4, 5, 7, 9].map(mapBytes)).toEqual([16, 84, 84, 100, 132, 180])
    expect([0, 1, 4, 5, 7].map(listBytes)).toEqual([16, 52, 52, 68, 84])
    expect([stringBytes(5, 5), stringBytes(6, 8), stringBytes(40, 60)]).toEqual([16, 20, 76])
    expect([frameBytes(0, 0), frameBytes(3, 0), frameBytes(3, 1)]).toEqual([24, 48, 52])
})

test("objects that hold each other are met once", async () => {
    const { found, board } = await look({
        pipe: (command, args) => {
            if (command === COMMAND.readFibers) return []
            const at = new DataView(args.buffer, args.byteOffset).getUint32(0, true)
            if (at === 100)
                return [value(0x51, 0x1000, 0x80000001), value(0x53, 0x3000, 0x80000010)]
            return [value(0x51, at === 0x1000 ? 0x2000 : 0x1000, 0x80000001)]
        },
    })
    expect(found!.graph.nodes.filter(({ kind }) => kind === "block")).toHaveLength(3)
    expect(found).toMatchObject({ commands: 4, unread: 0 })
    expect(board.requests.at(-1)!.command).toBeGreaterThan(0x1000)
})

test("what is attached to a role is reached through the role, once", async () => {
    const property = Buffer.concat([
        toBytes(Uint32Array.of(0xa1000001)),
        value(0x53, 0x1000, 0x80000004),
    ])
    const { found, board } = await look({
        pipe: command => {
            if (command === COMMAND.readFibers) return []
            if (command === COMMAND.readNamedValues) return [property, property]
            return [value(0x30, 3, 3), value(0x30, 3, 3), value(0x30, 4, 1)]
        },
    })
    const { nodes } = found!.graph
    const role = nodes.find(({ name }) => name === "role 3")!
    const attached = nodes[role.edges.find(({ name }) => name === "attached")!.to]!
    expect(attached).toMatchObject({ type: "map", length: 2, bytes: 84 })
    expect(nodes.find(({ name }) => name === "role 4")!.edges).toEqual([])
    const asked = board.requests.filter(({ command }) => command === COMMAND.readNamedValues)
    expect(asked.map(({ data }) => [...data.subarray(12)])).toEqual([[3, 0, 0, 0, 0x30]])
})

test("a board may answer whatever it likes: it ends in a graph or an error, and lets go", async () => {
    const tags = [
        0x01, 0x02, 0x05, 0x06, 0x07, 0x20, 0x23, 0x30, 0x32, 0x51, 0x52, 0x53, 0x54, 0x56,
    ]
    const small = fc.nat({ max: 40 }).map(n => 4 * n)
    const sane = fc
        .tuple(fc.constantFrom(...tags), small, fc.nat({ max: 8 }), fc.nat({ max: 3 }))
        .map(([tag, v0, v1, index]) => value(tag, v0, v1 | 8, index))
    const entry = fc
        .tuple(fc.constantFrom(0, 4, 8, 0x80000001, 0xa10000b5), sane)
        .map(([key, of]) => Buffer.concat([Uint32Array.of(key >>> 0), of].map(toBytes)))
    const chunk = fc.oneof(sane, entry, fc.uint8Array({ maxLength: 20 }))
    const answer = fc.array(fc.oneof({ weight: 8, arbitrary: sane }, chunk), { maxLength: 6 })
    let graphs = 0
    await fc.assert(
        fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 20 }), async answers => {
            let i = 0
            const { board, found, error } = await look({
                pipe: command => {
                    const next = answers[i++ % answers.length]!
                    return command === COMMAND.readFibers ? [] : next
                },
            })
            if (found) {
                graphs++
                expect(found.commands).toBeLessThanOrEqual(50)
                expect(Number.isSafeInteger(found.graph.liveBytes)).toBe(true)
            } else expect(["BadAnswerError", "RefusedRequestError"]).toContain(error.name)
            const named = board.requests.filter(
                ({ command }) => command === COMMAND.readNamedValues,
            )
            // Built-in objects would make tables of themselves.
            for (const { data } of named) expect([0x30, 0x50]).toContain(data[16])
            expect(board.requests.some(({ command }) => command === 0x2001)).toBe(true)
        }),
        { numRuns: 300 },
    )
    expect(graphs).toBeGreaterThan(30)
})

test("lengths that no program can have are an error", async () => {
    const { error } = await look({
        pipe: command =>
            command === COMMAND.readFibers ? [] : [value(0x51, 0x1000, 0x80000000 | 0x10000)],
    })
    expect(error).toMatchObject({ name: "BadAnswerError" })
})

test("variables without end are cut off", async () => {
    const { found } = await look({
        pipe: command =>
            command === COMMAND.readFibers
                ? []
                : Array.from({ length: 200 }, (_, i) => value(0x53, 4 + 4 * i, 0x80000004)),
    })
    expect(found).toMatchObject({ commands: 50 })
    expect(found!.unread).toBeGreaterThan(0)
})

function toBytes(of: Uint32Array | Uint8Array): Uint8Array {
    return new Uint8Array(of.buffer, of.byteOffset, of.byteLength)
}
