import { execFileSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { get, type RequestOptions } from "node:https"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { SeededRandom } from "../../host/base/seeded-random"
import {
    ask,
    demand,
    prometheus,
    selfSigned,
    testFolder,
    until,
    victoriaMetrics,
    type Engine,
} from "./engines"
import { linesOf, startFleet } from "./started-fleet"

const PROGRAM = join(packageRoot(), "devs/station/reporting.ts")
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)
/** Restarts of each engine. */
const RESTARTS = Number(process.env.HEAPSCOPE_FLEET_RESTARTS ?? 2)

/** What a server answers over TLS. */
function asked(address: string, options: RequestOptions): Promise<string> {
    return new Promise((done, failed) => {
        get(address, options, answer => {
            let text = ""
            answer.on("data", data => (text += String(data)))
            answer.on("end", () => done(text))
        }).on("error", failed)
    })
}

/** Of an engine, by device. */
async function byDevice(engine: Engine, query: string): Promise<Record<string, number>> {
    const values = await ask(engine, query)
    return Object.fromEntries(values.map(({ metric, value }) => [metric["device_id"]!, value]))
}

test(
    "nothing is lost or doubled by remote write and Influx's lines, though the engines are restarted",
    async () => {
        const folder = testFolder()
        const engines = [
            await prometheus(folder),
            await victoriaMetrics(folder),
            await victoriaMetrics(join(folder, "second")),
        ] as const
        const [written, victoria, influx] = engines
        // Two fleets of the same boards: each tells one engine by remote write.
        const fleet = startFleet(folder, {
            boards: [
                {
                    simulate: 4,
                    real: 3,
                    every: "500ms",
                    program: PROGRAM,
                },
            ],
            outputs: {
                remoteWrite: { url: `http://127.0.0.1:${written.port}/api/v1/write` },
                influx: { url: `http://127.0.0.1:${influx.port}/write` },
                ndjson: { file: "readings.ndjson" },
            },
        })
        const other = join(folder, "other")
        execFileSync("mkdir", [other])
        const second = startFleet(other, {
            boards: [
                {
                    simulate: 4,
                    real: 3,
                    every: "500ms",
                    program: PROGRAM,
                },
            ],
            outputs: {
                remoteWrite: { url: `http://127.0.0.1:${victoria.port}/api/v1/write` },
                ndjson: { file: "readings.ndjson" },
            },
        })
        await until(
            async () => (await ask(written, "devicescript_reports_total")).length === 4,
            "reports",
        )
        const random = new SeededRandom(SEED)
        for (let i = 0; i < RESTARTS; i++)
            for (const engine of engines) {
                await pause(random.fraction() * 1500)
                await engine.stop()
                await pause(random.fraction() * 1500)
                await engine.start()
            }
        await until(
            async () => (await ask(influx, "devicescript_reports_total")).length === 4,
            "reports",
        )
        await pause(3000)
        const reports = [await fleet.end(), await second.end()]
        for (const { outputs } of reports)
            for (const output of outputs) expect(output).toMatchObject({ waiting: 0, dropped: 0 })
        for (const [engine, at] of [
            [written, folder],
            [influx, folder],
            [victoria, other],
        ] as const) {
            const lines = linesOf(join(at, "readings.ndjson"))
            const count: Record<string, number> = {}
            const sum: Record<string, number> = {}
            for (const { device, metrics } of lines) {
                count[device] = (count[device] ?? 0) + 1
                sum[device] = (sum[device] ?? 0) + (metrics["devicescript.reports"] as number)
            }
            const series = "devicescript_reports_total[1h]"
            await until(
                async () =>
                    Object.values(await byDevice(engine, `count_over_time(${series})`)).reduce(
                        (a, b) => a + b,
                        0,
                    ) >= lines.length,
                "all reports",
            )
            expect(await byDevice(engine, `count_over_time(${series})`)).toEqual(count)
            expect(await byDevice(engine, `sum_over_time(${series})`)).toEqual(sum)
            // Every series there is can be asked for, under its name.
            const names = new Set(lines.flatMap(({ metrics }) => Object.keys(metrics)))
            expect(names.size).toBeGreaterThan(12)
            for (const name of names) {
                const metric = `{__name__=~"${name.replaceAll(".", "_")}.*"}`
                // A new series takes VictoriaMetrics a moment.
                const query = `last_over_time(${metric}[1h])`
                await until(async () => (await ask(engine, query)).length > 0, query)
            }
            const live = lines.findLast(({ metrics }) => "devicescript.memory.usage" in metrics)!
            const usage = live.metrics["devicescript.memory.usage"] as Record<string, number>
            const stored = await byDevice(
                engine,
                'last_over_time(devicescript_memory_usage_bytes{state="live"}[1h])',
            )
            expect(stored[live.device]).toBe(usage["live"])
            // What has ended does not look alive, within the minutes that an engine looks back.
            expect(await ask(engine, "devicescript_board_reached == 0")).toHaveLength(4)
            if (engine !== influx)
                expect(await ask(engine, "devicescript_memory_usage_bytes")).toEqual([])
        }
    },
    120_000 + RESTARTS * 15_000,
)

test("Prometheus scrapes a fleet over TLS with a token, and its tool finds nothing to say", async () => {
    const folder = testFolder()
    const { cert, key } = selfSigned(folder)
    const fleet = startFleet(
        folder,
        {
            boards: [{ simulate: 3, program: PROGRAM }],
            outputs: { prometheus: { listen: 0, cert, key, tokenEnv: "SCRAPE_TOKEN" } },
        },
        { SCRAPE_TOKEN: "open sesame" },
    )
    await until(() => fleet.said().includes("/metrics"), "the endpoint")
    const [, address = ""] = /metrics: (https:\S+)/.exec(fleet.said()) ?? []
    const scrape = (headers = { authorization: "Bearer open sesame" }) =>
        asked(address, { ca: readFileSync(cert), headers })
    expect(await scrape({ authorization: "Bearer sesame" })).toBe("a token is wanted\n")
    await until(
        async () =>
            ((await scrape()).match(/^devicescript_memory_limit_bytes/gm)?.length ?? 0) === 3,
        "figures",
    )
    const text = await scrape()
    execFileSync(demand("/usr/bin/promtool"), ["check", "metrics"], { input: text })
    expect(fleet.said()).not.toContain("sesame")
    await fleet.end()
})

test("an engine behind TLS and a password takes what is sent, and nobody is told the password", async () => {
    const folder = testFolder()
    const { cert, key } = selfSigned(folder)
    const engine = await victoriaMetrics(
        folder,
        ...["-tls", `-tlsCertFile=${cert}`, `-tlsKeyFile=${key}`],
        ...["-httpAuth.username=me", "-httpAuth.password=open sesame"],
    )
    const access = { ca: cert, user: "me" }
    writeFileSync(join(folder, "password"), "open sesame\n")
    writeFileSync(join(folder, "wrong"), "sesame street\n")
    const url = (path: string) => `https://127.0.0.1:${engine.port}${path}`
    const fleet = startFleet(folder, {
        boards: [{ simulate: 2, every: "500ms", program: PROGRAM }],
        outputs: {
            remoteWrite: { url: url("/api/v1/write"), ...access, passwordFile: "password" },
            influx: { url: url("/write"), ...access, passwordFile: "wrong" },
        },
    })
    await until(() => /influx: 401/.test(fleet.said()), "that the password is wrong")
    const query = url("/api/v1/query?query=devicescript_reports_total&nocache=1")
    const options = { ca: readFileSync(cert), auth: "me:open sesame" }
    await until(async () => (await asked(query, options)).includes("pico-0002"), "figures")
    const { outputs } = await fleet.end()
    expect(outputs.find(({ name }) => name === "remoteWrite")).toMatchObject({ waiting: 0 })
    const influx = outputs.find(({ name }) => name === "influx")!
    expect(influx.sent).toBe(0)
    expect(influx.waiting).toBeGreaterThan(0)
    expect(fleet.said()).not.toMatch(/sesame/)
})
