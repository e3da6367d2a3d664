import { readFileSync } from "node:fs"
import { join } from "node:path"
import { packageRoot } from "../../base/node/package-root"
import { UserError } from "../../base/errors"
import { VM_FILE } from "../instrument/vm-file"

let loaded: WebAssembly.Module | undefined

/** The instrumented VM that the installation prepared, compiled once and ready for any number of boards. */
export function loadVm(): WebAssembly.Module {
    return (loaded ??= compileVm())
}

function compileVm(): WebAssembly.Module {
    const path = join(packageRoot(), "dist", VM_FILE)
    let wasm: Buffer<ArrayBuffer>
    try {
        wasm = readFileSync(path)
    } catch {
        throw new UserError(
            "E_VM_MISSING",
            `${path} is missing: run \`npm run prepare\` in ${packageRoot()} first.`,
        )
    }
    return new WebAssembly.Module(wasm)
}
