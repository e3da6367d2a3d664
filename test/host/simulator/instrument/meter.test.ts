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
        ...{ cell: "cell", extraPages: 1, copying: ["copy"] },
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

test("refuses a module that is not as expected", () => {
    const module = binaryen.parseText('(module (memory 1 2) (func (export "f")))')
    const wasm = module.emitBinary()
    const options = { cell: "cell", extraPages: 1, copying: [], weights: NOTHING }
    expect(() => meter(wasm, options)).toThrow(/no global is exported as cell/)
})
