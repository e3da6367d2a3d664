import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { RecordingWriter } from "../../host/recording/node/recording-writer"

const root = packageRoot()
/** Of Grafana's own variables, what each stands for. */
const VARIABLES: Record<string, string> = { $board: ".*", $__rate_interval: "10s" }
const BOARDS = 4
/** A board of which it is foretold when it runs out of memory: none that a test can wait for is. */
const LEAKING = "leaking"

interface Panel {
    title: string
    targets: { expr: string }[]
}

test("Prometheus takes the alerts, and its own tester what they are raised for", () => {
    execFileSync("promtool", [
        "check",
        "rules",
        join(root, "host/sinks/fleet/monitoring/prometheus-alerts.yml"),
    ])
    execFileSync("promtool", ["test", "rules", join(root, "test/system/prometheus-alerts.yml")])
})

test("each query of the dashboard returns data", { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-monitoring-"))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const recording = join(folder, `${LEAKING}.ndjson`)
    await recordLeak(recording)
    const fleet = start(process.execPath, [
        ...[join(root, "dist/cli.js"), "fleet", "--simulate", String(BOARDS)],
        ...["--program", "devs/station/reporting.ts", "--metrics", "0", "--replay", recording],
    ])
    const lines = createInterface({ input: fleet.stderr! })
    const target = await new Promise<string>((found, failed) => {
        lines.on("line", line => {
            const [, address] = /metrics: http:\/\/(\S+)\/metrics$/.exec(line) ?? []
            if (address) found(address)
        })
        fleet.on("exit", () => failed(new Error("the fleet has ended")))
    })
    const port = await freePort()
    const config = join(folder, "prometheus.yml")
    writeFileSync(
        config,
        [
            "global: { scrape_interval: 1s, evaluation_interval: 1s }",
            `rule_files: [${join(root, "host/sinks/fleet/monitoring/prometheus-alerts.yml")}]`,
            `scrape_configs: [{ job_name: boards, static_configs: [{ targets: ["${target}"] }] }]`,
            "",
        ].join("\n"),
    )
    start("prometheus", [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        `--web.listen-address=127.0.0.1:${port}`,
    ])
    const ask = async (query: string): Promise<{ metric: Record<string, string> }[]> => {
        const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`
        const answer = await fetch(url).catch(() => undefined)
        if (!answer) return []
        const { data, error } = (await answer.json()) as {
            data?: { result: { metric: Record<string, string> }[] }
            error?: string
        }
        if (error) throw new Error(`${query}: ${error}`)
        return data!.result
    }
    const dashboard = JSON.parse(
        readFileSync(join(root, "host/sinks/fleet/monitoring/grafana-dashboard.json"), "utf8"),
    ) as { panels: Panel[]; annotations: { list: { expr: string }[] } }
    const queries = dashboard.panels.flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ title, query: plain(expr) })),
    )
    expect(queries.length).toBeGreaterThan(15)
    for (const { title, query } of queries) {
        let found = await ask(query)
        for (let tries = 0; found.length === 0 && tries < 60; tries++) {
            await pause(500)
            found = await ask(query)
        }
        expect(found.length, `${title}: ${query}`).toBeGreaterThan(0)
        const boards = new Set(found.flatMap(({ metric }) => metric["device_id"] ?? []))
        const isForetold = query.includes("time_to_death")
        expect(boards.delete(LEAKING) || !isForetold, `${title}: ${query}`).toBe(true)
        expect(isForetold ? [0] : [0, BOARDS], `${title}: ${query}`).toContain(boards.size)
    }
    for (const { expr } of dashboard.annotations.list) await ask(plain(expr))
    // All that the dashboard asks for are metrics that there are.
    const names = new Set((await (await fetch(`http://${target}/metrics`)).text()).match(/^\w+/gm))
    const asked = queries.flatMap(({ query }) => query.match(/\b(?:devicescript|heapscope)_\w+/g))
    for (const name of asked) expect([...names, "heapscope_fleet_dropped_total"]).toContain(name)
    const rules = (await (await fetch(`http://127.0.0.1:${port}/api/v1/rules`)).json()) as {
        data: { groups: { rules: { name: string; health: string }[] }[] }
    }
    for (const { name, health } of rules.data.groups.flatMap(({ rules }) => rules))
        expect([name, health]).toEqual([name, "ok"])
})

/** Ten minutes of a board that dies in a day. */
async function recordLeak(path: string): Promise<void> {
    const writer = new RecordingWriter(path, {
        program: { entry: "main.ts" },
        board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
        vm: { version: null },
    })
    const death = { atMs: 86_400_000, fromMs: 80_000_000, toMs: 90_000_000 }
    for (let atMs = 0; atMs < 600_000; atMs += 1000)
        writer.add({
            ...{ kind: "sample", atMs, usedBytes: 9_000, liveBytes: 8_000, freeBytes: 56_524 },
            ...{ largestFreeBytes: 50_000, collections: 1, allocations: 0, allocatedBytes: 0 },
            estimate: { errorBytes: 100, liveErrorBytes: 200, death },
        })
    await writer.close()
}

function plain(query: string): string {
    return Object.entries(VARIABLES).reduce((text, [name, of]) => text.replaceAll(name, of), query)
}

function start(program: string, args: string[]): ChildProcess {
    const child = spawn(program, args, {
        cwd: root,
        stdio: ["ignore", "ignore", "pipe"],
        env: { ...process.env, HEAPSCOPE_DAEMON: "0" },
    })
    if (program === "prometheus") child.stderr.resume()
    onTestFinished(async () => {
        if (child.exitCode !== null) return
        child.kill()
        await once(child, "exit")
    })
    return child
}

async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, "close")
    return port
}
