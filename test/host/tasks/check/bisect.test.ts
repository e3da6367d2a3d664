import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { bisect, type Verdict } from "../../../../host/tasks/check/bisect"

let folder: string
/** By their messages. */
const commits: Record<string, string> = {}

function git(...args: string[]): string {
    const who = ["-c", "user.email=a@example.org", "-c", "user.name=a"]
    return execFileSync("git", [...who, ...args], {
        ...{ cwd: folder, encoding: "utf8", stdio: "pipe" },
    }).trim()
}

function commit(message: string): void {
    git("commit", "--quiet", "--allow-empty", "--message", message)
    commits[message] = git("rev-parse", "HEAD")
}

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-bisect-"))
    git("init", "--quiet", "--initial-branch", "main")
    for (const name of ["a", "b", "c"]) commit(name)
    git("checkout", "--quiet", "-b", "side")
    for (const name of ["s", "t"]) commit(name)
    git("checkout", "--quiet", "main")
    for (const name of ["d", "e"]) commit(name)
    git("merge", "--quiet", "--no-ff", "--message", "merge", "side")
    commits.merge = git("rev-parse", "HEAD")
    commit("f")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A commit's subject and its ancestors, asked for once. */
const known = new Map<string, { name: string; ancestors: string[] }>()
function read(at: string) {
    const one = known.get(at) ?? {
        name: git("log", "-1", "--format=%s", at),
        ancestors: git("rev-list", at).split("\n"),
    }
    known.set(at, one)
    return one
}

/** Bad is whatever has this commit among its ancestors. */
function search(culprit: string, skipped: readonly string[] = []) {
    const looked: string[] = []
    const judge = (at: string) => {
        const { name, ancestors } = read(at)
        looked.push(name)
        const isBad = ancestors.includes(commits[culprit]!)
        const verdict: Verdict = skipped.includes(name) ? "skipped" : isBad ? "bad" : "good"
        return Promise.resolve({ verdict })
    }
    return bisect(folder, { good: commits.a!, bad: commits.f! }, judge).then(found => ({
        ...{ names: found.culprits.map(({ subject }) => subject), looked },
    }))
}

test.each(["b", "c", "d", "e", "s", "t", "merge", "f"])("%s is found, by halves", async name => {
    const { names, looked } = await search(name)
    expect(names).toEqual([name])
    // Eight commits: three questions, one more where a merge makes the halves unequal.
    expect(looked.length).toBeLessThanOrEqual(4)
})

test("what cannot be told hides a commit only beside itself", async () => {
    expect((await search("b", ["d", "s"])).names).toEqual(["b"])
    const hidden = await search("d", ["d"])
    expect(hidden.names).toEqual(["d", "e"])
})

test("two commits with nothing between them are refused", async () => {
    for (const [good, bad] of [
        ["f", "a"],
        ["d", "s"],
        ["a", "a"],
    ] as const)
        await expect(
            bisect(folder, { good: commits[good]!, bad: commits[bad]! }, () =>
                Promise.resolve({ verdict: "good" }),
            ),
        ).rejects.toThrow(/is no ancestor of the bad/)
})
