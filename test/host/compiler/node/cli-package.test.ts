import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { describe, expect, it } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { findCli } from "../../../../host/compiler/node/cli-package"
import { copyProject } from "./build-project"

describe("finding the compiler", () => {
    it("finds the release this package depends on", () => {
        const { bundle, version } = findCli()
        expect(version).toBe("2.16.4")
        expect(bundle).toMatch(/devicescript-cli\.cjs$/)
    })

    it("names the release it expects and the one it found", () => {
        const folder = copyProject()
        const cli = join(folder, "node_modules/@devicescript/cli")
        const from = pathToFileURL(join(folder, "dist/cli.js")).href
        expect(() => findCli(from)).toThrow(/not installed: @devicescript\/cli 2\.16\.4/)
        mkdirSync(join(cli, "built"), { recursive: true })
        writeFileSync(join(cli, "built/devicescript-cli.cjs"), "")
        writeFileSync(join(cli, "package.json"), JSON.stringify({ version: "2.16.3" }))
        expect(() => findCli(from)).toThrow(
            `@devicescript/cli 2.16.4 is expected, but 2.16.3 was found in ${cli}`,
        )
        expect(() => findCli(from)).toThrow(UserError)
    })
})
