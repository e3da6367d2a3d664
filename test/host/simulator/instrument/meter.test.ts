import fc from "fast-check"
import binaryen from "binaryen"
import { expect, test } from "vitest"
import { meter } from "../../../../host/simulator/instrument/meter"
import type { Weights } from "../../../../host/simulator/instrument/weights"

const NOTHING: Weights = {
    ...{ local: 0, constant: 0, load: 0, store: 0, arithmetic: 0, multiply: 0, divide: 0 },
    ...{ wide: 0, float: 0, branch: 0, call: 0, indirect: 0, entry: 0 },
    ...{ filledByte: 0, copiedByte: 0 },
}
const CELL_ADDRESS = 65_536

/** Multiplies down to 1, by a loop, an early return, a branch out of a block, and calls of itself. */
const SOURCE = `(module
  (import "host" "copy" (func $copy (param i32 i32 i32)))
  (memory (export "memory") 1 1)
  (global $cell (mut i32) (i32.const ${CELL_ADDRESS}))
  (export "cell" (global $cell))
  (func (export "loop") (param $n i32) (result i32) (local $product i32)
    (local.set $product (i32.const 1))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $product (i32.mul (local.get $product) (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $again)))
    (local.get $product))
  (func $recurse (export "recurse") (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 1))))
    (i32.mul (local.get $n) (call $recurse (i32.sub (local.get $n) (i32.const 1)))))
  (func (export "fill") (param $size i32)
    (memory.fill (i32.const 0) (i32.const 7) (local.get $size)))
  (func (export "copy") (param $size i32)
    (call $copy (i32.const 0) (i32.const 16) (local.get $size)))
  (func (export "two") (param $n i32) (result i32)
    (global.set $cell (i32.const ${CELL_ADDRESS + 8}))
    (local.set $n (i32.mul (local.get $n) (local.get $n)))
    (global.set $cell (i32.const ${CELL_ADDRESS}))
    (i32.mul (local.get $n) (i32.mul (local.get $n) (local.get $n)))))`

function metered(weights: Partial<Weights>) {
    const module = binaryen.parseText(SOURCE)
    module.setFeatures(
        binaryen.Features.BulkMemory |
            binaryen.Features.BulkMemoryOpt |
            binaryen.Features.MutableGlobals,
    )
    const wasm = meter(module.emitBinary(), {
        ...{ cell: "cell", ownPages: 1, extraPages: 1, copying: ["copy"] },
        weights: { ...NOTHING, ...weights },
    })
    module.dispose()
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(wasm)), {
        host: { copy: () => undefined },
    })
    const { memory } = exports as { memory: WebAssembly.Memory }
    const call = (name: string, n: number) => (exports[name] as (n: number) => number)(n)
    const counted = (cell = 0) =>
        Number(new DataView(memory.buffer).getBigUint64(CELL_ADDRESS + 8 * cell, true))
    return { call, counted, memory }
}

test("counts each instruction that runs, as often as it runs, and changes no result", () => {
    for (const [name, multiplications] of [
        ["loop", 6],
        ["recurse", 6],
    ] as const) {
        const { call, counted } = metered({ multiply: 5 })
        expect(call(name, 6)).toBe(720)
        expect(counted()).toBe(5 * multiplications)
        expect(call(name, 0)).toBe(1)
        expect(counted()).toBe(5 * multiplications)
    }
})

test("counts calls, and what entering a function takes", () => {
    const { call, counted } = metered({ call: 1, entry: 1000 })
    call("recurse", 4)
    expect(counted()).toBe(4 + 5 * 1000)
})

test("counts the bytes that one instruction, or the host, fills and copies", () => {
    const { call, counted, memory } = metered({ filledByte: 2, copiedByte: 3 })
    call("fill", 100)
    expect(counted()).toBe(200)
    expect(new Uint8Array(memory.buffer)[99]).toBe(7)
    call("copy", 10)
    expect(counted()).toBe(230)
})

test("charges the work to the cell that is set when it is done", () => {
    const { call, counted } = metered({ multiply: 1 })
    expect(call("two", 2)).toBe(64)
    expect([counted(0), counted(1)]).toEqual([2, 1])
})

test("a module has as many pages as it is given, is told its own alone, and that weighs what it did", () => {
    const module = binaryen.parseText(`(module
        (memory (export "memory") 16 16)
        (global $cell (mut i32) (i32.const ${CELL_ADDRESS}))
        (export "cell" (global $cell))
        (func (export "pages") (result i32) (i32.mul (memory.size) (i32.const 3))))`)
    module.setFeatures(binaryen.Features.MutableGlobals)
    const wasm = module.emitBinary()
    module.dispose()
    const options = { cell: "cell", extraPages: 2, copying: [], weights: NOTHING }
    const weights = { ...NOTHING, constant: 1, load: 20, store: 300, local: 4000, multiply: 50_000 }
    const pages = (ownPages: number) => {
        const made = meter(wasm, { ...options, ownPages, weights })
        const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(made)))
        const { memory, pages } = exports as { memory: WebAssembly.Memory; pages: () => number }
        const told = pages() / 3
        const { buffer } = memory
        const counted = new DataView(buffer).getBigUint64(CELL_ADDRESS, true)
        return { told, all: buffer.byteLength / 65_536, counted }
    }
    const { counted } = pages(16)
    for (const own of [1, 5, 16]) expect(pages(own)).toEqual({ told: own, all: own + 2, counted })
    expect(() => pages(17)).toThrow(/has 16 pages/)
})

test("refuses a module that is not as expected", () => {
    const module = binaryen.parseText('(module (memory 1 2) (func (export "f")))')
    const wasm = module.emitBinary()
    const options = { cell: "cell", ownPages: 1, extraPages: 1, copying: [], weights: NOTHING }
    expect(() => meter(wasm, options)).toThrow(/no global is exported as cell/)
})

/** A statement of a random function: work, a change of the cell, or what branches around others. */
type Statement =
    | "work"
    | "set"
    | { leave: number; when: number }
    | { if: number; then: Statement[]; else?: Statement[] }
    | { block: Statement[] }
    | { loop: Statement[] }

const bit = fc.integer({ min: 0, max: 7 })
const { body } = fc.letrec<{ body: Statement[] }>(tie => {
    const within = tie("body")
    return {
        body: fc.array(
            fc.oneof(
                { withCrossShrink: true, maxDepth: 4 },
                fc.constantFrom<Statement>("work", "work", "work", "set"),
                fc.record({ leave: fc.integer({ min: 0, max: 4 }), when: bit }),
                fc.record(
                    { if: bit, then: within, else: within },
                    { requiredKeys: ["if", "then"] },
                ),
                fc.record({ block: within }),
                fc.record({ loop: within }),
            ),
            { maxLength: 5 },
        ),
    }
})

/** Bits of $n are asked for; the eighth bit, that a branch leaves at once. A loop runs again four times at most. */
function textOf(statements: readonly Statement[], depth: number): string {
    const one = (statement: Statement): string => {
        if (statement === "work")
            return "(call $tick) (drop (i32.mul (local.get $n) (local.get $n)))"
        if (statement === "set")
            return `(global.set $cell (i32.xor (global.get $cell) (i32.const 8)))`
        if ("leave" in statement) {
            const label = Math.min(statement.leave, depth)
            if (statement.when === 7) return label === depth ? "(return)" : `(br ${label})`
            return `(br_if ${label} (i32.and (local.get $n) (i32.const ${1 << statement.when})))`
        }
        if ("if" in statement) {
            const then = textOf(statement.then, depth + 1)
            const otherwise = statement.else ? `(else ${textOf(statement.else, depth + 1)})` : ""
            return `(if (i32.and (local.get $n) (i32.const ${1 << statement.if})) (then ${then}) ${otherwise})`
        }
        if ("block" in statement) return `(block ${textOf(statement.block, depth + 1)})`
        return `(loop (if (i32.ge_u (local.get $turns) (i32.const 9)) (then (return)))
            (local.set $turns (i32.add (local.get $turns) (i32.const 1)))
            ${textOf(statement.loop, depth + 1)}
            (br_if 0 (i32.lt_u (local.get $turns) (i32.const 4))))`
    }
    return statements.map(one).join("\n")
}

test("counts whatever way a function takes, and charges it to the cell of that time", () => {
    fc.assert(
        fc.property(body, fc.array(fc.nat(255), { minLength: 4 }), (statements, ways) => {
            const module = binaryen.parseText(`(module
                (import "host" "tick" (func $tick))
                (memory (export "memory") 1 1)
                (global $cell (mut i32) (i32.const ${CELL_ADDRESS}))
                (export "cell" (global $cell))
                (func (export "run") (param $n i32) (local $turns i32) ${textOf(statements, 0)}))`)
            module.setFeatures(binaryen.Features.MutableGlobals)
            const wasm = meter(module.emitBinary(), {
                ...{ cell: "cell", ownPages: 1, extraPages: 1, copying: [] },
                weights: { ...NOTHING, multiply: 3 },
            })
            module.dispose()
            const ticks = [0, 0]
            const { exports } = new WebAssembly.Instance(
                new WebAssembly.Module(new Uint8Array(wasm)),
                { host: { tick: () => ticks[(cell.value - CELL_ADDRESS) / 8]!++ } },
            )
            const { memory, cell, run } = exports as {
                memory: WebAssembly.Memory
                cell: WebAssembly.Global<"i32">
                run: (n: number) => void
            }
            for (const way of ways) run(way)
            const counted = new BigUint64Array(memory.buffer, CELL_ADDRESS, 2)
            expect([...counted].map(Number)).toEqual(ticks.map(count => 3 * count))
        }),
        { numRuns: 40 },
    )
})
