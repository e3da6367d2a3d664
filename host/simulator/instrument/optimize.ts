import binaryen from "binaryen"
import { callDirectly } from "./direct-calls"
import { readModule } from "./vm-functions"

/** As far as it pays: the next level takes another four seconds, and what it makes is no faster. */
const LEVEL = 3
/**
 * Expressions that a function has at most to be put in place of its calls: three times what is usual, since most
 * of the interpreter's functions are short and run into one another. Twice as much again is no faster.
 */
const INLINED = 60

/**
 * Optimizes the VM for speed, whose own build is made for size: most calls that it makes on every
 * instruction are saved, and what is measured takes a tenth to a quarter less time. What the module does
 * stays as it is. It takes seconds.
 */
export function optimize(wasm: Uint8Array): Uint8Array {
    const module = readModule(wasm)
    try {
        binaryen.setOptimizeLevel(LEVEL)
        binaryen.setShrinkLevel(0)
        binaryen.setFlexibleInlineMaxSize(INLINED)
        callDirectly(module)
        module.optimize()
        return module.emitBinary()
    } finally {
        module.dispose()
    }
}
