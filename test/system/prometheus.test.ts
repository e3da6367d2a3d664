import { execFileSync, spawn } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { MemoryEvent } from "../../host/model/events"
import { freePort } from "../free-port"

const root = packageRoot()
const folder = mkdtempSync(join(tmpdir(), "heapscope-prometheus-"))

test("Prometheus takes the figures, and has them as they were told", async () => {
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const watched = start(process.execPath, [
        ...[join(root, "dist/cli.js"), "watch", "--sim", "devs/station/reporting.ts"],
        ...["--json", "--metrics", "0"],
    ])
    // What each figure was, by the board's time in milliseconds.
    const live = new Map<number, number>()
    let reports = 0
    createInterface({ input: watched.stdout }).on("line", line => {
        const event = JSON.parse(line) as MemoryEvent
        if (event.kind !== "sample") return
        live.set(event.atMs, event.liveBytes)
        reports++
    })
    const lines = createInterface({ input: watched.stderr })[Symbol.asyncIterator]()
    const { value: said } = (await lines.next()) as { value: string }
    const [, target] = /metrics: http:\/\/(\S+)\/metrics$/.exec(said) ?? []
    expect(target, said).toBeDefined()
    await until(() => reports > 20)

    const scraped = await (await fetch(`http://${target}/metrics`)).text()
    // It complains on its own of names that are against its rules.
    execFileSync("promtool", ["check", "metrics"], { input: scraped })

    const port = await freePort()
    const config = join(folder, "prometheus.yml")
    writeFileSync(
        config,
        `global: { scrape_interval: 1s }\nscrape_configs: [{ job_name: boards, static_configs: [{ targets: ["${target}"] }] }]\n`,
    )
    start("prometheus", [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        `--web.listen-address=127.0.0.1:${port}`,
    ])
    const ask = async (
        query: string,
    ): Promise<[metric: Record<string, string>, value: number][]> => {
        const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(query)}`
        const answer = await fetch(url).catch(() => undefined)
        if (!answer?.ok) return []
        const { data } = (await answer.json()) as {
            data: { result: { metric: Record<string, string>; value: [number, string] }[] }
        }
        return data.result.map(({ metric, value }) => [metric, Number(value[1])])
    }
    await until(async () => (await ask("devicescript_reports_total")).length > 0)
    // Both of one scrape: the figure is the one that was told for that moment.
    let tried = 0
    await until(async () => {
        const both = await ask(
            'devicescript_memory_usage_bytes{state="live"} or devicescript_board_uptime_seconds',
        )
        if (both.length < 2) return false
        const of = (name: string) => both.find(([metric]) => metric["__name__"] === name)![1]
        const atMs = Math.round(of("devicescript_board_uptime_seconds") * 1000)
        expect(of("devicescript_memory_usage_bytes")).toBe(live.get(atMs))
        return ++tried >= 5
    })
    // Every series that is scraped can be asked for.
    const names = [...scraped.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!)
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) expect(await ask(name), name).not.toEqual([])
    const [[, up]] = (await ask("up")) as [[unknown, number]]
    expect(up).toBe(1)
})

function start(program: string, args: string[]) {
    const child = spawn(program, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
    onTestFinished(async () => {
        child.kill("SIGKILL")
        if (child.exitCode === null && child.signalCode === null)
            await new Promise(done => child.on("close", done))
    })
    return child
}

async function until(isThere: () => boolean | Promise<boolean>): Promise<void> {
    const began = Date.now()
    while (!(await isThere())) {
        if (Date.now() - began > 40_000) throw new Error("it does not come")
        await pause(200)
    }
}
