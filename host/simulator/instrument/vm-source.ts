import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { UserError } from "../../base/errors"
import { CLI_VERSION } from "../../compiler/cli-version"

/**
 * SHA-256 of the WebAssembly module inside release `CLI_VERSION`. Every offset in `layout.ts` and every
 * function name in `instrument.ts` was established on exactly these bytes.
 */
export const VM_SHA256 = "a56742b09dd4bfe278815676ac94231ed4f8995cee6260818f5d758d8ab6ee1d"

const MODULE_START = "var require_devicescript_vm = __commonJS({"
const MODULE_END = "\n});"
/** A WebAssembly module begins with the bytes 00 61 73 6d, which is AGFzb in base64. */
const WASM_BASE64 = /base64,(AGFzb[A-Za-z0-9+/=]+)/

/** What stands in the way of preparing the VM; the message says what was expected and found. */
export class VmMismatchError extends UserError {
    override readonly name = "VmMismatchError"

    constructor(message: string) {
        super("E_VM_MISMATCH", message)
    }
}

/**
 * Takes the VM's WebAssembly module out of the CLI's bundle, where it stands as base64 inside the
 * CommonJS wrapper of `@devicescript/vm`, and checks that it is the one we know.
 * @param path of the bundle
 */
export function extractVm(path: string): Buffer {
    const bundle = readFileSync(path, "utf8")
    const start = bundle.indexOf(MODULE_START)
    const end = bundle.indexOf(MODULE_END, start)
    const wrapper = start < 0 || end < 0 ? "" : bundle.slice(start, end)
    const base64 = WASM_BASE64.exec(wrapper)?.[1]
    if (!base64)
        throw new VmMismatchError(
            `${path} does not hold the VM where release ${CLI_VERSION} has it: ` +
                `expected \`${MODULE_START}\` followed by a base64 WebAssembly module. Reinstall @devicescript/cli.`,
        )
    const wasm = Buffer.from(base64, "base64")
    const sha256 = createHash("sha256").update(wasm).digest("hex")
    if (sha256 !== VM_SHA256)
        throw new VmMismatchError(
            `the VM in ${path} is not the one of release ${CLI_VERSION}: ` +
                `expected SHA-256 ${VM_SHA256}, found ${sha256}. Reinstall @devicescript/cli.`,
        )
    return wasm
}
