import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { findBoard } from "../../host/boards/node/find-board"
import { packageRoot } from "../../host/base/node/package-root"
import { MemoryModel } from "../../host/model/memory-model"
import { watchPort } from "../../host/tasks/watch-port"
import { aim } from "./side-by-side"

const LINKS = 1000
/** Of a board's stream, what every link gets: it lasts until all have been measured. */
const CAPTURE_MS = 60_000
const MEASURE_MS = 20_000
/** Of a core: of the 171 us a board-second that were measured at most, for all of them. */
const MOST_OF_A_CORE = 0.17
/** The agent tells its figures every second. */
const LEAST_SAMPLES = 0.5

const root = packageRoot()
const board = findBoard("pico")
const folder = mkdtempSync(join(tmpdir(), "heapscope-bench-"))
const children: ChildProcess[] = []
// Also when a link fails, which ends the process at once.
process.on("exit", () => {
    for (const child of children) child.kill()
    rmSync(folder, { recursive: true, force: true })
})

/** Starts a program that prints a line when it is ready. @returns that line */
async function start(...args: string[]): Promise<string> {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] })
    children.push(child)
    const [line] = (await once(child.stdout, "data")) as [Buffer]
    return line.toString().trim()
}

/** What a board with the agent sends while it is watched: in milliseconds since, and base64. */
async function capture(served: string): Promise<[number, string][]> {
    const [, port = ""] = /:(\d+)$/.exec(served) ?? []
    const chunks: [number, string][] = []
    const began = performance.now()
    const proxy = createServer(host => {
        const wire = connect(Number(port), "127.0.0.1")
        host.pipe(wire)
        wire.pipe(host)
        wire.on("data", bytes => {
            chunks.push([performance.now() - began, bytes.toString("base64")])
        })
        for (const end of [host, wire]) end.on("error", () => undefined)
    })
    proxy.listen(0, "127.0.0.1")
    await once(proxy, "listening")
    await watchFor(CAPTURE_MS, (proxy.address() as AddressInfo).port, () => undefined)
    proxy.close()
    // Until the first, the watch was getting ready.
    const [[firstMs] = [0]] = chunks
    return chunks.map(([ms, text]) => [ms - firstMs, text])
}

/** Watches a port as `heapscope watch --port` does, into a model. */
async function watchFor(ms: number, port: number, onSample: () => void): Promise<void> {
    const address = `tcp://127.0.0.1:${port}`
    const source = await watchPort(address, { board, program: undefined, looksFirst: false })
    const model = new MemoryModel()
    for await (const event of source.events(AbortSignal.timeout(ms))) {
        model.add(event)
        if (event.kind === "sample") onSample()
    }
}

/** Gives the stream, at its own pace, to whoever connects. */
const FEEDER = `
const { createServer } = require("node:net")
const { readFileSync } = require("node:fs")
const chunks = JSON.parse(readFileSync(process.argv[2], "utf8")).map(([ms, text]) => [ms, Buffer.from(text, "base64")])
const links = new Set()
const server = createServer(socket => {
    const link = { socket, began: performance.now(), next: 0 }
    links.add(link)
    socket.on("data", () => undefined)
    socket.on("error", () => undefined)
    socket.on("close", () => links.delete(link))
})
setInterval(() => {
    for (const link of links)
        while (link.next < chunks.length && chunks[link.next][0] <= performance.now() - link.began)
            link.socket.write(chunks[link.next++][1])
}, 20)
server.listen({ port: 0, host: "127.0.0.1", backlog: 2000 }, () => console.log(server.address().port))
`

const served = await start(
    join(root, "dist/cli.js"),
    ...["sim", "test/vm/programs/agent.ts", "--serve", "tcp://127.0.0.1:0", "--json"],
)
const chunks = await capture((JSON.parse(served) as { address: string }).address)
const bytes = chunks.reduce((sum, [, text]) => sum + Buffer.from(text, "base64").length, 0)
console.log(`a board sends ${((bytes / CAPTURE_MS) * 1000).toFixed(0)} bytes a second`)
writeFileSync(join(folder, "chunks.json"), JSON.stringify(chunks))
writeFileSync(join(folder, "feeder.cjs"), FEEDER)
const port = Number(await start(join(folder, "feeder.cjs"), join(folder, "chunks.json")))

const before = process.memoryUsage().rss
const samples = new Uint32Array(LINKS)
const links = Array.from({ length: LINKS }, async (_, link) => {
    await sleep(link * 10)
    await watchFor(CAPTURE_MS, port, () => samples[link]!++)
})
// All are there, and V8 has made of their code what it makes in the end.
await sleep(LINKS * 10 + 10_000)
const earlier = Uint32Array.from(samples)
const [cpu, at] = [process.cpuUsage(), performance.now()]
await sleep(MEASURE_MS)
const { user, system } = process.cpuUsage(cpu)
const seconds = (performance.now() - at) / 1000
const rss = process.memoryUsage().rss
const least = Math.min(...samples.map((count, link) => count - earlier[link]!)) / seconds
const each = (user + system) / (LINKS * seconds)
console.log(`${LINKS} links, each with at least ${least.toFixed(2)} samples a second`)
console.log(
    `${each.toFixed(0)} us a board-second, of which ${((system / (user + system)) * 100).toFixed(0)} % are the system's`,
)
console.log(
    `${((rss - before) / LINKS / 1000).toFixed(0)} kB a link, ${(rss / 1e6).toFixed(0)} MB in all`,
)
if (least < LEAST_SAMPLES) throw new Error("a link was not served: nothing is told by this")
aim("a core, for 1,000 links over TCP", (each * LINKS) / 1e6, MOST_OF_A_CORE)
await Promise.all(links)
process.exit()
