import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { instrument } from "../../../../host/simulator/instrument/instrument"
import { findCli } from "../../../../host/compiler/node/cli-package"
import { extractVm } from "../../../../host/simulator/instrument/vm-source"

/** Taken out of the bundle once: that has 28 MB. */
const wasm = extractVm(findCli().bundle)

const made: string[] = []
afterAll(() => made.forEach(folder => rmSync(folder, { recursive: true })))

/** A file with this text, as a CLI's bundle. */
function bundleOf(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-cli-"))
    made.push(folder)
    const bundle = join(folder, "devicescript-cli.cjs")
    writeFileSync(bundle, text)
    return bundle
}

describe("the installed CLI", () => {
    test("holds the VM we know", () => {
        expect(WebAssembly.validate(new Uint8Array(wasm))).toBe(true)
    })

    test.each([
        ["no VM", "module.exports = {}"],
        ["no base64", 'var require_devicescript_vm = __commonJS({\n"x"\n});'],
    ])("with %s in its bundle says what was expected", (_name, bundle) => {
        expect(() => extractVm(bundleOf(bundle))).toThrow(
            /does not hold the VM where release 2\.16\.4 has it/,
        )
    })

    test("with another VM names both hashes", () => {
        const other = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]).toString("base64")
        const bundle = `var require_devicescript_vm = __commonJS({\nx = "base64,${other}"\n});\n`
        expect(() => extractVm(bundleOf(bundle))).toThrow(
            /expected SHA-256 a56742b0.*, found 93a44bbb/,
        )
    })
})

/** Functions of the VM that do on a board what its build for the browser cannot. */
const REPLACED = [
    "fun2_DeviceScript_ledStripSend",
    "fun2_DeviceScript_spiXfer",
    "fun3_DeviceScript__i2cTransaction",
    "fun3_DeviceScript_spiSendImage",
    "fun5_DeviceScript_spiConfigure",
    "meth1_GPIO_setMode",
    "prop_GPIO_capabilities",
    "prop_GPIO_value",
    // The services at the board's own pins, and its connection to a cloud.
    "jd_ctrl_handle_packet",
    "jd_ctrl_process",
    "jd_srvcfg_instance_name",
    "jd_srvcfg_run",
    "jd_srvcfg_variant",
    "wssk_is_connected",
    "wssk_send_message",
]

describe("instrumenting", () => {
    test("adds our hooks to the imports and nothing else", () => {
        const before = new WebAssembly.Module(new Uint8Array(wasm))
        const after = new WebAssembly.Module(new Uint8Array(instrument(wasm)))
        const names = (module: WebAssembly.Module) =>
            WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`)
        const added = names(after).filter(name => !names(before).includes(name))
        expect(added.sort()).toEqual(
            [
                "allocated",
                "closure_made",
                "collected",
                "created",
                "destroying",
                "freeing",
                "panicking",
            ]
                .concat("printed", "printing", "pushing", "pushing_range")
                .concat("role_changed", "role_opened")
                .concat("service_made", "setting_read")
                .map(name => `heapscope.${name}`)
                .concat(REPLACED.map(name => `hardware.${name}`))
                .sort(),
        )
    })

    test("refuses a module that is not the VM", () => {
        const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
        expect(() => instrument(empty)).toThrow(/no function jd_gc_any_try_alloc/)
    })
})
