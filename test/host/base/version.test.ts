import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { packageRoot } from "../../../host/base/node/package-root"
import { VERSION } from "../../../host/base/version"

test("the version is the package's", () => {
    const manifest = readFileSync(join(packageRoot(), "package.json"), "utf8")
    expect((JSON.parse(manifest) as { version: string }).version).toBe(VERSION)
})
