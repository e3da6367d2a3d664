import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { expect, test } from "vitest"
import { SeededRandom } from "../../host/base/seeded-random"
import { packageRoot } from "../../host/base/node/package-root"
import { engine, freePort, testFolder, until, demand, type Engine } from "./engines"
import { linesOf, startFleet } from "./started-fleet"

const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)
/** Restarts of the engine. */
const RESTARTS = Number(process.env.HEAPSCOPE_FLEET_RESTARTS ?? 2)

/** InfluxDB with nothing but its HTTP interface. */
async function influxDb(folder: string): Promise<Engine> {
    const [port, backup] = [await freePort(), await freePort()]
    const config = join(folder, "influxdb.conf")
    writeFileSync(
        config,
        [
            "reporting-disabled = true",
            `bind-address = "127.0.0.1:${backup}"`,
            `[meta]\ndir = "${folder}/meta"`,
            `[data]\ndir = "${folder}/data"\nwal-dir = "${folder}/wal"`,
            `[http]\nbind-address = "127.0.0.1:${port}"`,
        ].join("\n"),
    )
    return engine(demand("/usr/bin/influxd"), port, ["-config", config])
}

/** What InfluxDB answers: each series' tags, and its values by their columns. */
async function query(port: number, method: "GET" | "POST", text: string) {
    const asked = new URLSearchParams({ db: "boards", q: text })
    const answer = await fetch(`http://127.0.0.1:${port}/query?${asked}`, { method })
    const { results } = (await answer.json()) as {
        results: {
            error?: string
            series?: { tags: Record<string, string>; values: number[][] }[]
        }[]
    }
    expect(results[0]!.error).toBeUndefined()
    return results[0]!.series ?? []
}

test(
    "InfluxDB itself takes the lines, and has each reading once, though it is restarted",
    async () => {
        const folder = testFolder()
        const influx = await influxDb(folder)
        await query(influx.port, "POST", "CREATE DATABASE boards")
        const fleet = startFleet(folder, {
            boards: [
                {
                    ...{ simulate: 4, real: 2, every: "500ms" },
                    program: join(packageRoot(), "devs/station/reporting.ts"),
                },
            ],
            outputs: {
                influx: { url: `http://127.0.0.1:${influx.port}/write?db=boards` },
                ndjson: { file: "readings.ndjson" },
            },
        })
        const reports =
            "SELECT count(reports_total), sum(reports_total) FROM devicescript GROUP BY device_id"
        await until(async () => (await query(influx.port, "GET", reports)).length === 4, "reports")
        const random = new SeededRandom(SEED)
        for (let i = 0; i < RESTARTS; i++) {
            await pause(random.fraction() * 1500)
            await influx.stop()
            await pause(random.fraction() * 1500)
            await influx.start()
        }
        await pause(2000)
        const { outputs } = await fleet.end()
        for (const output of outputs) expect(output).toMatchObject({ waiting: 0, dropped: 0 })
        const lines = linesOf(join(folder, "readings.ndjson"))
        const expected = new Map<string, [number, number]>()
        for (const { device, metrics } of lines) {
            const [count, sum] = expected.get(device) ?? [0, 0]
            expected.set(device, [count + 1, sum + (metrics["devicescript.reports"] as number)])
        }
        const found = (await query(influx.port, "GET", reports)).map(
            ({ tags, values }) => [tags["device_id"]!, values[0]!.slice(1)] as const,
        )
        expect(new Map(found)).toEqual(expected)
        // Every metric is a field of the measurement, under its name.
        const fields = await query(influx.port, "GET", "SHOW FIELD KEYS FROM devicescript")
        const known = fields.flatMap(({ values }) => values.map(([name]) => String(name)))
        const names = new Set(lines.flatMap(({ metrics }) => Object.keys(metrics)))
        for (const name of names) {
            const field = name.replace("devicescript.", "").replaceAll(".", "_")
            expect(
                known.some(one => one.startsWith(field)),
                name,
            ).toBe(true)
        }
    },
    60_000 + RESTARTS * 5000,
)
