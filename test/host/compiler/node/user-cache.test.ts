import {
    chmodSync,
    chownSync,
    copyFileSync,
    mkdirSync,
    readFileSync,
    rmSync,
    statSync,
    symlinkSync,
    writeFileSync,
} from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { describe, expect, it, onTestFinished } from "vitest"
import { UserCache, userCacheFolder } from "../../../../host/compiler/node/user-cache"
import { makeFolder } from "./build-project"

function makeCache() {
    const home = makeFolder()
    onTestFinished(() => rmSync(home, { recursive: true, force: true }))
    const folder = join(home, "cache/heapscope")
    return { home, folder, cache: UserCache.open(folder)! }
}

describe("the user's cache", () => {
    it("is where each system has it", () => {
        expect(userCacheFolder({ XDG_CACHE_HOME: "/x" }, "linux")).toBe("/x/heapscope")
        const home = homedir()
        expect(userCacheFolder({ XDG_CACHE_HOME: "x" }, "linux")).toBe(`${home}/.cache/heapscope`)
        expect(userCacheFolder({}, "darwin")).toBe(`${home}/Library/Caches/heapscope`)
        const local = join("C:", "Local")
        expect(userCacheFolder({ LOCALAPPDATA: local }, "win32")).toBe(
            join(local, "heapscope", "Cache"),
        )
    })

    it("is the user's alone, its key too", () => {
        const { folder } = makeCache()
        expect(statSync(folder).mode & 0o777).toBe(0o700)
        expect(statSync(join(folder, "key")).mode & 0o777).toBe(0o600)
    })

    it("gives back what was stored under a name, and nothing under another", () => {
        const { cache, folder } = makeCache()
        cache.write("a", Buffer.from("one"))
        cache.write("b", Buffer.from("two"))
        expect(cache.read("a")?.toString()).toBe("one")
        copyFileSync(join(folder, "b"), join(folder, "a"))
        expect(cache.read("a")).toBeUndefined()
    })

    it("believes nothing that somebody with another key stored", () => {
        const other = makeCache()
        other.cache.write("a", Buffer.from("evil"))
        const { cache, folder } = makeCache()
        copyFileSync(join(other.folder, "a"), join(folder, "a"))
        expect(cache.read("a")).toBeUndefined()
        expect(readFileSync(join(folder, "a")).subarray(32).toString()).toBe("evil")
    })

    it("is none where the folder is open to others, is a link, or has no good key", () => {
        const { folder, home } = makeCache()
        symlinkSync(folder, join(home, "link"))
        expect(UserCache.open(join(home, "link"))).toBeUndefined()
        chmodSync(folder, 0o770)
        expect(UserCache.open(folder)).toBeUndefined()
        chmodSync(folder, 0o700)
        expect(UserCache.open(folder)).toBeDefined()
        writeFileSync(join(folder, "key"), "short")
        expect(UserCache.open(folder)).toBeUndefined()
    })

    it.runIf(process.getuid?.() === 0)("is none where it is somebody else's", () => {
        const { folder } = makeCache()
        chownSync(folder, 1234, 1234)
        expect(UserCache.open(folder)).toBeUndefined()
    })

    it.runIf(process.platform === "linux")("is none below /proc, and says so at once", () => {
        expect(UserCache.open("/proc/nope/deeper/heapscope")).toBeUndefined()
    })

    it("reads no device and no folder", () => {
        const { cache, folder } = makeCache()
        symlinkSync("/dev/zero", join(folder, "zero"))
        mkdirSync(join(folder, "folder"))
        expect(cache.read("zero")).toBeUndefined()
        expect(cache.read("folder")).toBeUndefined()
    })
})
