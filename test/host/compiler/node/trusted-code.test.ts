import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it, onTestFinished, vi } from "vitest"
import {
    demandTrust,
    readProjectCode,
    type ProjectCode,
} from "../../../../host/compiler/node/trusted-code"
import { UserCache } from "../../../../host/compiler/node/user-cache"
import { makeFolder } from "./build-project"

function setUp() {
    const folder = makeFolder()
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const project = join(folder, "project")
    mkdirSync(project)
    writeFileSync(join(project, "x.ts"), "export default 1")
    return { folder, project, cache: UserCache.open(join(folder, "cache"))! }
}

describe("whether a project's code may run", () => {
    const env = {}
    const yes = () => vi.fn(() => Promise.resolve(true))

    it("is asked once, and again when it has changed or is elsewhere", async () => {
        const { project, cache } = setUp()
        const code = readProjectCode(project, "x.ts")
        const ask = yes()
        await demandTrust(code, { ask, env, cache })
        await demandTrust(code, { ask, env, cache })
        // Nor is it asked any more where nobody can answer.
        await demandTrust(code, { env, cache })
        expect(ask.mock.calls).toEqual([[code]])
        for (const other of [
            { ...code, text: `${code.text} ` },
            { ...code, path: `${code.path}2` },
        ] satisfies ProjectCode[])
            await demandTrust(other, { ask, env, cache })
        expect(ask).toHaveBeenCalledTimes(3)
    })

    it("is no after a no, which is not kept, and where nobody can be asked", async () => {
        const { project, cache } = setUp()
        const code = readProjectCode(project, "x.ts")
        const ask = vi.fn(() => Promise.resolve(false))
        for (let time = 0; time < 2; time++)
            await expect(demandTrust(code, { ask, env, cache })).rejects.toThrow(
                /^x\.ts was not trusted/,
            )
        expect(ask).toHaveBeenCalledTimes(2)
        for (const CI of [undefined, "", "0", "false"])
            await expect(demandTrust(code, { env: { CI }, cache })).rejects.toThrow(
                expect.objectContaining({ code: "E_UNTRUSTED_CODE" }),
            )
    })

    it("is yes in CI and when allowed for a run, neither of which is kept", async () => {
        const { project, cache } = setUp()
        const code = readProjectCode(project, "x.ts")
        const ask = yes()
        await demandTrust(code, { ask, env: { CI: "true" }, cache })
        await demandTrust(code, { ask, env, cache, isAllowed: true })
        expect(ask).not.toHaveBeenCalled()
        await expect(demandTrust(code, { env, cache })).rejects.toThrow("--trust-config")
    })

    it("is not answered by somebody else's cache", async () => {
        const { folder, project, cache } = setUp()
        const code = readProjectCode(project, "x.ts")
        await demandTrust(code, { ask: yes(), env, cache: UserCache.open(join(folder, "other")) })
        await expect(demandTrust(code, { env, cache })).rejects.toThrow("never trusted")
    })
})

describe("the code of a project", () => {
    it("is none that a link brings from outside", () => {
        const { folder, project } = setUp()
        writeFileSync(join(folder, "above.ts"), "")
        symlinkSync("../above.ts", join(project, "link.ts"))
        expect(() => readProjectCode(project, "link.ts")).toThrow(/link out of its folder/)
        symlinkSync("x.ts", join(project, "inside.ts"))
        expect(readProjectCode(project, "inside.ts").text).toBe("export default 1")
    })

    it("is no device, no folder and nothing endless", () => {
        const { project } = setUp()
        symlinkSync("/dev/zero", join(project, "zero.ts"))
        expect(() => readProjectCode(project, "zero.ts")).toThrow(/link out of its folder/)
        mkdirSync(join(project, "folder.ts"))
        expect(() => readProjectCode(project, "folder.ts")).toThrow(/no ordinary file/)
        writeFileSync(join(project, "long.ts"), " ".repeat((1 << 20) + 1))
        expect(() => readProjectCode(project, "long.ts")).toThrow(/more than 1,048,576 bytes/)
    })

    it("is none that others wrote, or may write", () => {
        const { project } = setUp()
        const file = join(project, "x.ts")
        chmodSync(file, 0o666)
        expect(() => readProjectCode(project, "x.ts")).toThrow(
            expect.objectContaining({ code: "E_FOREIGN_PROJECT" }),
        )
        chmodSync(file, 0o644)
        // Only root can give a file away.
        if (process.getuid?.() !== 0) return
        chownSync(file, 12_345, 12_345)
        expect(() => readProjectCode(project, "x.ts")).toThrow(/by another user/)
        // Whose folder it is may put there what he likes.
        chownSync(project, 12_345, 12_345)
        expect(readProjectCode(project, "x.ts").text).toBe("export default 1")
    })
})
