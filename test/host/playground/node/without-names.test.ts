import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { packageRoot } from "../../../../host/base/node/package-root"
import { withoutNames } from "../../../../host/playground/node/without-names"
import { VM_FILE } from "../../../../host/simulator/instrument/vm-file"

test("the VM of a tab has no names, and else is the one of the command line", () => {
    const whole = readFileSync(join(packageRoot(), "dist", VM_FILE))
    const bare = withoutNames(whole)
    const [before, after] = [new WebAssembly.Module(whole), new WebAssembly.Module(bare)]
    expect(WebAssembly.Module.customSections(before, "name")).toHaveLength(1)
    expect(WebAssembly.Module.customSections(after, "name")).toHaveLength(0)
    expect(whole.length - bare.length).toBeGreaterThan(10_000)
    expect(WebAssembly.Module.exports(after)).toEqual(WebAssembly.Module.exports(before))
    expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before))
    expect(withoutNames(bare)).toEqual(bare)
})
