import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

/** The release of `@devicescript/cli` whose VM we instrument. Upstream is archived: it is the last. */
export const VM_VERSION = "2.16.4"

/**
 * SHA-256 of the WebAssembly module inside that release. Every offset in `layout.ts` and every
 * function name in `instrument.ts` was established on exactly these bytes.
 */
export const VM_SHA256 = "a56742b09dd4bfe278815676ac94231ed4f8995cee6260818f5d758d8ab6ee1d"

const BUNDLE = "built/devicescript-cli.cjs"
const MODULE_START = "var require_devicescript_vm = __commonJS({"
const MODULE_END = "\n});"
/** A WebAssembly module begins with the bytes 00 61 73 6d, which is AGFzb in base64. */
const WASM_BASE64 = /base64,(AGFzb[A-Za-z0-9+/=]+)/

/** What stands in the way of preparing the VM; the message says what was expected and found. */
export class VmMismatchError extends Error {
    override name = "VmMismatchError"
}

/** The folder of the installed `@devicescript/cli`, checked to be release `VM_VERSION`. */
export function findCli(from: string | URL = import.meta.url): string {
    let manifest: string
    try {
        manifest = createRequire(from).resolve("@devicescript/cli/package.json")
    } catch {
        throw new VmMismatchError(
            `@devicescript/cli ${VM_VERSION} is not installed: run \`npm install\` in the folder of heapscope.`,
        )
    }
    const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: string }
    if (version !== VM_VERSION)
        throw new VmMismatchError(
            `@devicescript/cli ${version ?? "of unknown version"} is installed in ${dirname(manifest)}, ` +
                `but heapscope needs exactly ${VM_VERSION}: run \`npm install @devicescript/cli@${VM_VERSION}\`.`,
        )
    return dirname(manifest)
}

/**
 * Takes the VM's WebAssembly module out of the CLI's bundle, where it stands as base64 inside the
 * CommonJS wrapper of `@devicescript/vm`, and checks that it is the one we know.
 */
export function extractVm(cliFolder: string, expectedSha256 = VM_SHA256): Buffer {
    const path = join(cliFolder, BUNDLE)
    const bundle = readFileSync(path, "utf8")
    const start = bundle.indexOf(MODULE_START)
    const end = bundle.indexOf(MODULE_END, start)
    const wrapper = start < 0 || end < 0 ? "" : bundle.slice(start, end)
    const base64 = WASM_BASE64.exec(wrapper)?.[1]
    if (!base64)
        throw new VmMismatchError(
            `${path} does not hold the VM where release ${VM_VERSION} has it: ` +
                `expected \`${MODULE_START}\` followed by a base64 WebAssembly module. Reinstall @devicescript/cli.`,
        )
    const wasm = Buffer.from(base64, "base64")
    const sha256 = createHash("sha256").update(wasm).digest("hex")
    if (sha256 !== expectedSha256)
        throw new VmMismatchError(
            `the VM in ${path} is not the one of release ${VM_VERSION}: ` +
                `expected SHA-256 ${expectedSha256}, found ${sha256}. Reinstall @devicescript/cli.`,
        )
    return wasm
}
