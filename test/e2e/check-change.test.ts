import { execFile, execFileSync } from "node:child_process"
import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { CheckReport } from "../../host/documents/check/report"
import { fromRoot } from "../vm/harness"
import { startChromium } from "./chromium"
import { heapscopeHere, type Ended } from "./command"
import { CLI } from "./terminal"

/** Where worktrees are made, by this process, too, from the first test on. */
const TEMPORARY = process.env.TMPDIR
let folder: string
let temporary: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-change-"))
    temporary = join(folder, "tmp")
    mkdirSync(temporary)
    cpSync(fromRoot("test/vm/programs/canary"), join(folder, "src"), { recursive: true })
    for (const [name, text] of Object.entries({
        "package.json": '{ "name": "canary" }',
        "devsconfig.json": "{}",
        ".gitignore": "node_modules\n.devicescript\ntmp\n",
        "heapscope.config.json": JSON.stringify(CONFIG, null, 4),
        "tmp/none": "",
    }))
        writeFileSync(join(folder, name), text)
    symlinkSync(fromRoot("node_modules"), join(folder, "node_modules"))
    git("init", "--quiet", "--initial-branch", "main")
    commit("as it was")
    process.env.TMPDIR = temporary
})
afterAll(() => {
    if (TEMPORARY === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TEMPORARY
    rmSync(folder, { recursive: true, force: true })
})

const CONFIG = {
    programs: ["src/main.ts"],
    boards: ["pico", "esp32s2"],
    for: "10s",
    budgets: { live: "+0B", churn: { limit: "+1%", level: "warning" } },
}

function git(...args: string[]): void {
    const who = ["-c", "user.email=a@example.org", "-c", "user.name=a"]
    execFileSync("git", [...who, ...args], { cwd: folder, stdio: "pipe" })
}

function commit(message: string): void {
    git("add", "-A")
    git("commit", "--quiet", "--message", message)
}

const heapscope = (...args: string[]) => heapscopeHere(args, { cwd: folder })

/** The same in a process of its own. */
function heapscopeProcess(...args: string[]): Promise<Ended> {
    return new Promise(resolve =>
        execFile(process.execPath, [CLI, ...args], { cwd: folder }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        ),
    )
}

/** Changes the program by a line. */
function put(after: string, line: string): void {
    const path = join(folder, "src/main.ts")
    writeFileSync(path, readFileSync(path, "utf8").replace(after, `${after}\n${line}`))
}

test("what changed is told, by a file and by a commit, and nothing of what did not", async () => {
    const first = await heapscope("check")
    expect(first.stdout).toContain("2 budgets are not told")
    expect(first.code).toBe(0)
    expect((await heapscope("check", "--update-baseline")).stderr).toBe(
        "wrote heapscope.baseline\n",
    )
    commit("with a baseline")

    put("const names: string[] = []", "// Nothing is changed by a remark.")
    const same = await heapscope("check")
    expect(same.stdout).not.toMatch(/Since|budgets/)
    expect(same.code).toBe(0)

    put("let rounds = 0", "export const extra = Buffer.alloc(300)")
    const more = await heapscope("check")
    expect(more.code).toBe(1)
    for (const said of [
        /7,\d{3} B high-water live, 3\d\d B over the 7,\d{3} B of budgets\.live\s+\(heapscope\.config\.json:11\), \+0 B/,
        /Since heapscope\.baseline\n {4}\+3\d\d B high-water live, 7,\d{3} B → 7,\d{3} B\n {6}\+312 B: 1 more Buffer kept by extra, src\/main\.ts:13\n/,
    ])
        expect(more.stdout).toMatch(said)

    const base = await heapscopeProcess(
        ...["check", "--base", "main", "--board", "pico", "--json", "--quiet"],
        ...["--html", "check.html", "--markdown", "check.md"],
    )
    const { checks } = JSON.parse(base.stdout) as CheckReport
    expect(checks[0]!.change).toMatchObject({ against: expect.stringMatching(/^main at \w{7}$/) })
    expect(checks[0]!.change!.figures[0]!.parts![0]).toMatchObject({ line: 13, heldBy: "extra" })
    expect(readFileSync(join(folder, "check.md"), "utf8")).toContain("1 more Buffer kept by extra")
    await readPage()
    // The one of main is gone, with its folder.
    expect(readdirSync(temporary)).toEqual(["none"])
    const trees = execFileSync("git", ["worktree", "list"], { cwd: folder, encoding: "utf8" })
    expect(trees.trim().split("\n")).toHaveLength(1)

    const warned = ["check", "--against", "before.json", "--fail-on", "warning", "--board", "pico"]
    writeFileSync(join(folder, "before.json"), base.stdout)
    expect(await heapscope(...warned)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^✓/),
    })
}, 180_000)

/** Opens the page as somebody does who was sent it. */
async function readPage(): Promise<void> {
    const browser = await startChromium()
    try {
        const page = await browser.newPage({ offline: true })
        const asked: string[] = []
        const wrong: string[] = []
        page.on("request", request => asked.push(request.url()))
        page.on("console", message => wrong.push(message.text()))
        page.on("pageerror", ({ message }) => wrong.push(message))
        const address = pathToFileURL(join(folder, "check.html")).href
        await page.goto(address)
        expect({ asked, wrong }).toEqual({ asked: [address], wrong: [] })
        const titles = await page.locator("svg > title").allTextContents()
        expect(titles.map(title => title.split(" of ")[0])).toEqual([
            "The heap over time",
            "Bytes allocated by call path",
            "Bytes allocated by call path, before and now",
            "The most live by what keeps it, before and now",
            "Heap",
        ])
        for (const box of await page.locator("svg").all())
            expect((await box.boundingBox())!.height).toBeGreaterThan(100)
        expect(await page.locator(".failure").first().textContent()).toContain("src/main.ts:13")
        const grown = page.locator("svg g title", { hasText: /^Buffer\n0 B → 312 B, \+312 B$/ })
        expect(await grown.count()).toBe(1)
        if (process.env.HEAPSCOPE_SCREENSHOT)
            await page.screenshot({ path: process.env.HEAPSCOPE_SCREENSHOT, fullPage: true })
    } finally {
        await browser.close()
    }
}

test("shards put together are what one run says", async () => {
    const shard = (part: string) => heapscopeProcess("check", "--shard", part, "--json")
    const shards = ["1/2", "2/2"].map(shard)
    for (const [i, { stdout }] of (await Promise.all(shards)).entries())
        writeFileSync(join(folder, `shard-${i}.json`), stdout)
    const merged = await heapscope("merge", "shard-1.json", "shard-0.json", "--json")
    const whole = await heapscope("check", "--json")
    const plain = (text: string) => text.replace(/"wall": \{[^}]*\}/g, "")
    expect(plain(merged.stdout)).toBe(plain(whole.stdout))
    expect(merged.code).toBe(whole.code)
    const half = await heapscope("merge", "shard-0.json")
    expect(half).toMatchObject({ code: 2, stderr: expect.stringContaining("there is no 2") })
}, 180_000)

test.each<[string[], RegExp]>([
    [["--base", "nowhere"], /git knows no commit "nowhere" here/],
    [["--base", "main", "--baseline", "b"], /--baseline and --base both say what to compare with/],
    [["--against", "package.json"], /package\.json is no report of heapscope check --json/],
    [["--baseline", "package.json"], /package\.json:1: it is no baseline/],
    [["--budget", "life=3"], /there is no figure life: did you mean live\?/],
    [["--shard", "3/2"], /--shard 3\/2 is no part of all/],
    [["--filter", "nothing"], /no check has "nothing" in its name/],
])("%j: one message and exit code 2", async (args, message) => {
    const { code, stdout, stderr } = await heapscope("check", ...args)
    expect(stderr).toMatch(message)
    expect(stderr.trim().split("\n")).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(readdirSync(temporary)).toEqual(["none"])
})
