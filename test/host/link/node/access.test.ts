import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { readAccess } from "../../../../host/link/node/access"
import { readUrl } from "../../../../host/sinks/fleet/push/http-post"

const cwd = mkdtempSync(join(tmpdir(), "heapscope-access-"))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))
writeFileSync(join(cwd, "password"), "hush\n")
writeFileSync(join(cwd, "two"), "hush\nhush\n")

const read = (settings: Parameters<typeof readAccess>[0]) =>
    readAccess(settings, { cwd, env: { TOKEN: "secret token" } })

describe("the way into a server", () => {
    it("takes its secrets from files and the environment", () => {
        expect(read({ user: "me", passwordFile: "password" })).toEqual({
            ...{ user: "me", password: "hush" },
            authorization: `Basic ${Buffer.from("me:hush").toString("base64")}`,
        })
        expect(read({ tokenEnv: "TOKEN" })).toEqual({ authorization: "Bearer secret token" })
        expect(read({})).toEqual({})
    })

    it.each([
        [{ tokenEnv: "NONE" }, /no variable NONE/],
        [{ tokenFile: "two" }, /token in two is empty, or more than one line/],
        [{ user: "me", tokenEnv: "TOKEN" }, /a token, or a user with a password/],
        [{ tokenEnv: "TOKEN", tokenFile: "password" }, /name one/],
        [{ cert: "password" }, /cert and key go together/],
        [{ ca: "password" }, /no PEM file/],
        [{ passwordFile: "nowhere" }, /nowhere cannot be read/],
    ])("is refused where it is not one: %j", (settings, said) => {
        expect(() => read(settings)).toThrow(said)
        expect(() => read(settings)).not.toThrow(/hush|secret/)
    })

    it("is never in an address", () => {
        expect(() => readUrl("http://me:hush@host/", "a")).toThrow(/do not belong/)
        expect(() => readUrl("http://me:hush@host/", "a")).not.toThrow(/hush/)
        expect(() => readUrl("ftp://host/", "a")).toThrow(/http/)
    })
})
