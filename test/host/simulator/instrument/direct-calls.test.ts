import binaryen from "binaryen"
import { expect, test } from "vitest"
import { callDirectly } from "../../../../host/simulator/instrument/direct-calls"
import { VmMismatchError } from "../../../../host/simulator/instrument/vm-source"

const INTERPRETER = "devs_vm_exec_opcodes.before-turn"
/** Calls by an index in a table with holes, of functions of other kinds, and of another type. */
const VM = `(module
    (type $plain (func (param i32 i32)))
    (type $value (func (param i32 i32 i32)))
    (global $seen (export "seen") (mut i32) (i32.const 0))
    (table 8 8 funcref)
    (elem (i32.const 1) $other $stmt1_a $exprx_b $stmtx2_c $helper $expr0_d)
    (func $other (type $plain) (global.set $seen (i32.const 1)))
    (func $stmt1_a (type $plain) (global.set $seen (i32.add (local.get 0) (i32.const 20))))
    (func $exprx_b (type $value) (global.set $seen (i32.add (local.get 2) (i32.const 30))))
    (func $stmtx2_c (type $plain) (global.set $seen (i32.add (local.get 1) (i32.const 40))))
    (func $helper (type $value) (global.set $seen (i32.const 2)))
    (func $expr0_d (type $value) (global.set $seen (i32.add (local.get 1) (i32.const 50))))
    (func $${INTERPRETER} (export "run") (param $a i32) (param $b i32) (param $gives i32) (param $index i32)
        (block $done
            (block $giving
                (br_if $giving (local.get $gives))
                (call_indirect (type $plain) (local.get $a) (local.get $b) (local.get $index))
                (br $done))
            (call_indirect (type $value)
                (local.get $b) (local.get $a) (local.get $b) (local.get $index)))))`

/** What each call comes to, by its kind and its index. */
function outcomes(module: binaryen.Module): (number | string)[] {
    const { exports } = new WebAssembly.Instance(
        new WebAssembly.Module(new Uint8Array(module.emitBinary())),
    )
    const { run, seen } = exports as unknown as {
        run(a: number, b: number, gives: number, index: number): void
        seen: WebAssembly.Global<"i32">
    }
    return [0, 1].flatMap(gives =>
        [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 1 << 20].map(index => {
            try {
                run(100, 200, gives, index)
                return seen.value
            } catch (error) {
                return (error as Error).message
            }
        }),
    )
}

test("an instruction's function is called as by its index, and what is none's as before", () => {
    const module = binaryen.parseText(VM)
    const before = outcomes(module)
    callDirectly(module)
    expect(module.emitText()).toMatch(/call \$stmtx2_c[^]*call \$expr0_d/)
    expect(outcomes(module)).toEqual(before)
    expect(before.filter(outcome => typeof outcome === "number")).toEqual([
        1, 120, 240, 230, 2, 150,
    ])
    module.dispose()
})

test("another interpreter is none that we know", () => {
    for (const [text, by] of [
        [INTERPRETER, "another"],
        [
            "(call_indirect (type $plain) (local.get $a)",
            "(call_indirect (type $plain) (i32.const 1)",
        ],
    ] as const) {
        const other = binaryen.parseText(VM.replace(text, by))
        expect(() => callDirectly(other)).toThrow(VmMismatchError)
        other.dispose()
    }
})
