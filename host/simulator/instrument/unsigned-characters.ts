import binaryen from "binaryen"
import { missing } from "./vm-functions"
import { VmMismatchError } from "./vm-source"

/** Editing of expressions in place, which the package's types leave out. */
const { Block, Load, LocalSet, Loop, Store } = binaryen as unknown as {
    Block: {
        getNumChildren(block: number): number
        getChildAt(block: number, index: number): number
    }
    Load: {
        getBytes(load: number): number
        isSigned(load: number): boolean
        setSigned(load: number, isSigned: boolean): void
    }
    LocalSet: { getValue(set: number): number }
    Loop: { getBody(loop: number): number }
    Store: { getValue(store: number): number }
}

/** Writes a text for JSON: what is below a space as an escape (`devs_json_escape_core` in `json.c`). */
const ESCAPE = "devs_json_escape_core"

/**
 * Has `JSON.stringify` take a text's bytes as boards do. A `char` of C is unsigned on ARM, Xtensa and RISC-V
 * and signed in WebAssembly, where each byte of what is not ASCII is below a space: the official module
 * writes "ä" as `"\u00c3\u00a4"`, and its text is as much longer on the heap. Nothing else that the VM does
 * with a character depends on it: those are compared with ASCII, or masked.
 * @throws VmMismatchError when the function does not read a signed character in one place
 */
export function takeCharactersUnsigned(module: binaryen.Module): void {
    const escape = module.getFunction(ESCAPE)
    if (!escape) missing(ESCAPE)
    const loads = signedBytesIn(binaryen.getFunctionInfo(escape).body)
    if (loads.length !== 1)
        throw new VmMismatchError(`the VM's ${ESCAPE} has not one place that reads a character.`)
    Load.setSigned(loads[0]!, false)
}

/** The signed bytes that a function's statements read, and keep in a variable or in memory. */
function signedBytesIn(expression: number): number[] {
    switch (binaryen.getExpressionId(expression)) {
        case binaryen.BlockId:
            return Array.from({ length: Block.getNumChildren(expression) }, (_, index) =>
                signedBytesIn(Block.getChildAt(expression, index)),
            ).flat()
        case binaryen.LoopId:
            return signedBytesIn(Loop.getBody(expression))
        case binaryen.StoreId:
            return signedBytesIn(Store.getValue(expression))
        case binaryen.LocalSetId:
            return signedBytesIn(LocalSet.getValue(expression))
        case binaryen.LoadId:
            return Load.getBytes(expression) === 1 && Load.isSigned(expression) ? [expression] : []
        default:
            return []
    }
}
