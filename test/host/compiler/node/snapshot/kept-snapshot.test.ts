import {
    appendFileSync,
    copyFileSync,
    existsSync,
    lstatSync,
    mkdirSync,
    readdirSync,
    renameSync,
    rmSync,
    symlinkSync,
    utimesSync,
    writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { beforeEach, expect, onTestFinished, test } from "vitest"
import { KeptSnapshot } from "../../../../../host/compiler/node/snapshot/kept-snapshot"
import { UserCache } from "../../../../../host/compiler/node/user-cache"
import { makeFolder } from "../build-project"

let folder: string
let cache: UserCache

beforeEach(() => {
    folder = makeFolder()
    cache = UserCache.open(join(folder, "cache"))!
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

/** That of a package whose compiler is this one. */
function snapshotOf(compiler = "0"): KeptSnapshot {
    const dist = join(folder, compiler, "dist")
    mkdirSync(dist, { recursive: true })
    writeFileSync(join(dist, "compiler-snapshot.cjs"), `/*${"0".repeat(16)}*/`)
    writeFileSync(join(dist, "devicescript-compiler.js"), `/*${compiler.padEnd(16, "0")}*/`)
    return KeptSnapshot.open(cache, join(folder, compiler))!
}

function keep(snapshot: KeptSnapshot, text = "a snapshot"): void {
    const made = cache.pathOf("made")
    writeFileSync(made, text)
    snapshot.keep(made)
}

test("what is kept is there, for this compiler and no other", () => {
    const snapshot = snapshotOf()
    expect(snapshot.isThere).toBe(false)
    keep(snapshot)
    expect(snapshot.isThere).toBe(true)
    expect(snapshotOf().isThere).toBe(true)
    expect(snapshotOf("1").isThere).toBe(false)
    expect(existsSync(cache.pathOf("made"))).toBe(false)
})

test.each<[string, (path: string) => void]>([
    ["longer", path => appendFileSync(path, "!")],
    ["of the same length and time", rewriteSilently],
    ["another file with the same content", exchange],
    ["a link to what was kept", replaceByLink],
    ["gone", path => rmSync(path)],
])("one that is %s is none", (_, change) => {
    const snapshot = snapshotOf()
    keep(snapshot)
    change(snapshot.path)
    expect(snapshot.isThere).toBe(false)
})

function rewriteSilently(path: string): void {
    const changed = () => lstatSync(path, { bigint: true }).ctimeNs
    // The clock of a file system stands still for some milliseconds at a time.
    for (const before = changed(); changed() === before;) {
        writeFileSync(path, "A SNAPSHOT")
        utimesSync(path, 1, 1)
    }
}

function exchange(path: string): void {
    copyFileSync(path, `${path}.2`)
    renameSync(`${path}.2`, path)
}

function replaceByLink(path: string): void {
    renameSync(path, `${path}.2`)
    symlinkSync(`${path}.2`, path)
}

test("another compiler's note says nothing of it", () => {
    const [one, other] = [snapshotOf(), snapshotOf("1")]
    keep(one)
    const noteOf = ({ path }: KeptSnapshot) => path.replace(/blob$/, "note")
    copyFileSync(noteOf(one), noteOf(other))
    renameSync(one.path, other.path)
    expect(other.isThere).toBe(false)
})

test("one makes it at a time, and after a failure nobody for a day", () => {
    const snapshot = snapshotOf()
    expect(snapshot.isWanted).toBe(true)
    expect(snapshot.begin()).toBe(true)
    expect(snapshotOf().begin()).toBe(false)
    expect(snapshotOf("1").isWanted).toBe(true)
    const tried = snapshot.path.replace(/blob$/, "tried")
    const daysAgo = (days: number) => Date.now() / 1000 - days * 86_400
    utimesSync(tried, daysAgo(0.9), daysAgo(0.9))
    expect(snapshot.isWanted).toBe(false)
    utimesSync(tried, daysAgo(1.1), daysAgo(1.1))
    expect(snapshot.begin()).toBe(true)
    keep(snapshot)
    expect(snapshot.isWanted).toBe(false)
    rmSync(snapshot.path)
    expect(snapshot.isWanted).toBe(true)
})

test("one that is of no use is forgotten, and not made anew at once", () => {
    const snapshot = snapshotOf()
    keep(snapshot)
    snapshot.forget()
    expect(snapshot.isThere).toBe(false)
    expect(existsSync(snapshot.path)).toBe(false)
    expect(snapshot.isWanted).toBe(false)
})

test("the two that were made last stay", () => {
    const snapshots = ["1", "2", "3", "4"].map(snapshotOf)
    snapshots.forEach((snapshot, index) => {
        keep(snapshot)
        utimesSync(snapshot.path, 1_000 + index, 1_000 + index)
    })
    keep(snapshots[3]!)
    const left = readdirSync(join(folder, "cache")).filter(name => name.startsWith("snapshot-"))
    expect(left.filter(name => name.endsWith(".blob"))).toHaveLength(2)
    expect(left).toHaveLength(4)
    expect(existsSync(snapshots[3]!.path)).toBe(true)
})

test("of a package that is not built there is none", () => {
    expect(KeptSnapshot.open(cache, folder)).toBeUndefined()
})
