import { UserError } from "../../base/errors"
import { readBundlePart } from "../../compiler/node/bundle-part"

/**
 * SHA-256 of the WebAssembly module inside release `CLI_VERSION`. Every offset in `layout.ts` and every
 * function name in `instrument.ts` was established on exactly these bytes.
 */
export const VM_SHA256 = "a56742b09dd4bfe278815676ac94231ed4f8995cee6260818f5d758d8ab6ee1d"

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
export function extractVm(path: string): Uint8Array {
    return readBundlePart(path, {
        name: "the VM",
        start: "var require_devicescript_vm = __commonJS({",
        followedBy: "a base64 WebAssembly module",
        // A module begins with the bytes 00 61 73 6d, which is AGFzb in base64.
        pattern: /base64,(AGFzb[A-Za-z0-9+/=]+)/,
        decode: base64 => Buffer.from(base64, "base64"),
        sha256: VM_SHA256,
        Mismatch: VmMismatchError,
    })
}
