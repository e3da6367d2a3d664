import binaryen from "binaryen"
import { VmMismatchError } from "./vm-source"

const { i32, none } = binaryen

/** One of the VM's functions, by its own name, and how many 32-bit integers it takes. */
export interface VmFunction {
    target: string
    params: number
    /** Whether it gives one. */
    result: boolean
}

/** @throws VmMismatchError when the module has none of this name, or with another signature */
export function expectFunction(
    module: binaryen.Module,
    target: string,
    params: number,
    result: boolean,
) {
    const ref = module.getFunction(target)
    if (!ref) missing(target)
    const info = binaryen.getFunctionInfo(ref)
    const type = binaryen.createType(Array<number>(params).fill(i32))
    if (info.params !== type || info.results !== (result ? i32 : none))
        throw new VmMismatchError(
            `the VM's function ${target} is not (${params} x i32) -> ${result ? "i32" : "nothing"} as expected.`,
        )
    return info
}

/**
 * Gives a function another name, so that all callers reach what is put in its place.
 * @param why part of the new name
 */
export function moveAside(
    module: binaryen.Module,
    { target, params, result }: VmFunction,
    why: string,
) {
    const { params: type, results, vars, body } = expectFunction(module, target, params, result)
    const original = `${target}.before-${why}`
    module.addFunction(original, type, results, vars, body)
    module.removeFunction(target)
    return { original, type, results }
}

export function missing(name: string): never {
    throw new VmMismatchError(
        `the VM has no function ${name}: its name section is not the expected one.`,
    )
}

/** A module to be edited, which its reader disposes of. It keeps the names of its functions, for profiles. */
export function readModule(wasm: Uint8Array): binaryen.Module {
    binaryen.setDebugInfo(true)
    const module = binaryen.readBinary(wasm)
    module.setFeatures(
        binaryen.Features.SignExt |
            binaryen.Features.MutableGlobals |
            binaryen.Features.BulkMemory |
            binaryen.Features.BulkMemoryOpt,
    )
    return module
}
