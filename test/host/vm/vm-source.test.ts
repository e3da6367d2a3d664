import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, describe, expect, test } from "vitest"
import { instrument } from "../../../host/vm/instrument"
import { extractVm, findCli, VmMismatchError } from "../../../host/vm/vm-source"

const made: string[] = []
afterAll(() => made.forEach(folder => rmSync(folder, { recursive: true })))

/** A folder with an installed CLI of this version and bundle. */
function install(version: string, bundle: string): { from: URL; cli: string } {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-cli-"))
    made.push(folder)
    const cli = join(folder, "node_modules/@devicescript/cli")
    mkdirSync(join(cli, "built"), { recursive: true })
    writeFileSync(join(cli, "package.json"), JSON.stringify({ version }))
    writeFileSync(join(cli, "built/devicescript-cli.cjs"), bundle)
    return { from: pathToFileURL(join(folder, "x.js")), cli }
}

describe("the installed CLI", () => {
    test("holds the VM we know", () => {
        const wasm = extractVm(findCli())
        expect(WebAssembly.validate(new Uint8Array(wasm))).toBe(true)
    })

    test("of another version is one clear error", () => {
        const { from } = install("2.17.0", "")
        expect(() => findCli(from)).toThrow(VmMismatchError)
        expect(() => findCli(from)).toThrow(/2\.17\.0 .*needs exactly 2\.16\.4/)
    })

    test("that is missing is one clear error", () => {
        const nowhere = pathToFileURL(join(tmpdir(), "nowhere", "x.js"))
        expect(() => findCli(nowhere)).toThrow(/is not installed: run/)
    })

    test.each([
        ["no VM", "module.exports = {}"],
        ["no base64", 'var require_devicescript_vm = __commonJS({\n"x"\n});'],
    ])("with %s in its bundle says what was expected", (_name, bundle) => {
        const { cli } = install("2.16.4", bundle)
        expect(() => extractVm(cli)).toThrow(/does not hold the VM where release 2\.16\.4 has it/)
    })

    test("with another VM names both hashes", () => {
        const other = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]).toString("base64")
        const bundle = `var require_devicescript_vm = __commonJS({\nx = "base64,${other}"\n});`
        const { cli } = install("2.16.4", bundle)
        expect(() => extractVm(cli)).toThrow(/expected SHA-256 a56742b0.*, found 93a44bbb/)
    })
})

describe("instrumenting", () => {
    test("adds our hooks to the imports and nothing else", () => {
        const before = new WebAssembly.Module(new Uint8Array(extractVm(findCli())))
        const after = new WebAssembly.Module(new Uint8Array(instrument(extractVm(findCli()))))
        const names = (module: WebAssembly.Module) =>
            WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`)
        const added = names(after).filter(name => !names(before).includes(name))
        expect(added.sort()).toEqual(
            ["allocated", "collected", "created", "destroying", "freeing", "panicking"]
                .concat("printed", "printing")
                .map(name => `heapscope.${name}`),
        )
    })

    test("refuses a module that is not the VM", () => {
        const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
        expect(() => instrument(empty)).toThrow(/no function jd_gc_any_try_alloc/)
    })
})
