import { renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { VM_FILE } from "./vm-file"
import { optimize } from "./optimize"
import { instrument } from "./instrument"
import { findCli } from "../../compiler/node/cli-package"
import { extractVm } from "./vm-source"

/** Writes the instrumented VM of the installed `@devicescript/cli` into a folder, whole or not at all. */
export function prepareVm(folder: string): void {
    const wasm = optimize(instrument(extractVm(findCli().bundle)))
    const temporary = join(folder, `${VM_FILE}.${process.pid}`)
    writeFileSync(temporary, wasm)
    renameSync(temporary, join(folder, VM_FILE))
}
