import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { SeededRandom } from "../../host/base/seeded-random"
import type { FleetReport } from "../../host/documents/fleet/fleet-report"
import { ask, prometheus, testFolder, until, victoriaMetrics } from "./engines"
import { Mosquitto } from "./mosquitto"
import { ReportingBoards } from "./reporting-boards"

const USER = "fleet"
const PASSWORD = "not to be printed"
/** `npm run test:long -- fleet-load`: a thousand boards and a hundred restarts, at length. */
const BOARDS = Number(process.env.HEAPSCOPE_FLEET_BOARDS ?? 12)
const RESTARTS = Number(process.env.HEAPSCOPE_FLEET_RESTARTS ?? 2)
const SEED = Number(process.env.HEAPSCOPE_FUZZ_SEED ?? 1)
/** At least a hundred of a thousand are simulated. */
const REAL = Math.max(4, Math.ceil(BOARDS / 10))
/** Real milliseconds between two restarts, and for which what was restarted is away, at most. */
const BETWEEN_MS = 4000
const AWAY_MS = 1000
/**
 * Real milliseconds that a board may take to start, a restart of both with what lies between (5 s of pauses),
 * and what came meanwhile to be sent: several times what a quiet machine takes, which is what a busy one does.
 */
const LIMITS_MS = { board: 6000, restart: 40_000, catchingUp: 300_000 }
/** Ticks of a processor's time in a second, which every Linux has. */
const TICKS = 100
const MB = 1_000_000

test(
    `${BOARDS} boards at a report a second through a broker into two engines: each report once, through restarts`,
    async () => {
        const folder = testFolder()
        const broker = await Mosquitto.start(USER, PASSWORD)
        onTestFinished(() => broker.close())
        const victoria = await victoriaMetrics(folder)
        writeFileSync(
            join(folder, "heapscope.config.json"),
            JSON.stringify({
                fleet: {
                    boards: [
                        {
                            ...{ mqtt: broker.address, ca: broker.ca },
                            ...{ user: USER, passwordEnv: "BROKER_PASSWORD" },
                        },
                    ],
                    outputs: {
                        prometheus: { listen: 0 },
                        remoteWrite: { url: `http://127.0.0.1:${victoria.port}/api/v1/write` },
                    },
                    store: { folder: "store", limit: "1GB" },
                },
            }),
        )
        const fleet = spawn(
            process.execPath,
            [join(packageRoot(), "dist/cli.js"), "fleet", "--json"],
            {
                cwd: folder,
                env: { ...process.env, BROKER_PASSWORD: PASSWORD, HEAPSCOPE_DAEMON: "0" },
                stdio: ["ignore", "pipe", "pipe"],
            },
        )
        onTestFinished(() => void fleet.kill("SIGKILL"))
        let [printed, said] = ["", ""]
        fleet.stdout.on("data", data => (printed += String(data)))
        createInterface({ input: fleet.stderr }).on("line", line => (said += line + "\n"))
        await until(() => said.includes("/metrics"), "the fleet")
        const [, target = ""] = /metrics: http:\/\/(\S+?)\/metrics/.exec(said) ?? []
        const scraper = await prometheus(folder, target, "5s")
        // A session of the fleet's is there before anybody reports.
        await pause(1000)
        const boards = await ReportingBoards.start({
            ...{ address: broker.address, user: USER, password: PASSWORD, ca: broker.ca },
            ...{ boards: BOARDS, real: REAL, seed: SEED },
        })
        await until(
            () => boards.sent.size === BOARDS,
            "all boards",
            60_000 + REAL * LIMITS_MS.board,
        )
        const [beganMs, beganReports, beganTime] = [
            performance.now(),
            boards.reports,
            processorSeconds(fleet.pid!),
        ]
        const random = new SeededRandom(SEED)
        for (let i = 0; i < RESTARTS; i++) {
            await pause(random.fraction() * BETWEEN_MS)
            await broker.restart(random.fraction() * AWAY_MS)
            await pause(random.fraction() * BETWEEN_MS)
            await victoria.stop()
            await pause(random.fraction() * AWAY_MS)
            await victoria.start()
        }
        await pause(BETWEEN_MS)
        const seconds = (performance.now() - beganMs) / 1000
        const perSecond = (boards.reports - beganReports) / seconds
        const busy = (processorSeconds(fleet.pid!) - beganTime) / seconds
        await boards.end()
        const sent = Object.fromEntries(boards.sent)
        const counted = async () =>
            (await (await fetch(`http://${target}/metrics`)).text()).match(
                /^devicescript_reports_total\S+ (\d+)$/gm,
            )
        const sum = (lines: string[] | null) =>
            (lines ?? []).reduce((all, line) => all + Number(line.split(" ")[1]), 0)
        await until(
            async () => sum(await counted()) >= boards.reports,
            "every report",
            LIMITS_MS.catchingUp,
        ).catch(() => undefined)
        const peak = peakBytes(fleet.pid!)
        // It has scraped the last figures.
        await pause(6000)
        const scraped = await ask(scraper, "devicescript_reports_total")
        const resets = await ask(scraper, "sum(resets(devicescript_reports_total[12h]))")
        const gaps = await ask(scraper, "count_over_time(up[12h]) - sum_over_time(up[12h])")
        const ended = once(fleet, "close")
        fleet.kill("SIGINT")
        expect((await ended)[0], said).toBe(130)
        const report = JSON.parse(printed) as FleetReport
        console.log(
            `${BOARDS} boards, ${REAL} simulated; ${RESTARTS} restarts each of mosquitto and VictoriaMetrics in ${seconds.toFixed(0)} s: ${report.reports.received} reports, ${perSecond.toFixed(0)} a second; of a core ${(100 * busy).toFixed(0)} %, peak ${peak ? (peak / MB).toFixed(0) : "?"} MB; doubled by the broker ${report.reports.doubled}`,
        )

        expect(report.reports).toMatchObject({ received: boards.reports, missed: 0 })
        expect(report.outputs.find(({ name }) => name === "remoteWrite")).toMatchObject({
            ...{ waiting: 0, dropped: 0 },
        })
        // The readings' numbers are 1 to n, and n once more when the board has left: each is there once.
        const query = async (of: string) => {
            const values = await ask(victoria, `${of}(devicescript_reports_total[12h])`)
            return Object.fromEntries(
                values.map(({ metric, value }) => [metric["device_id"]!, value]),
            )
        }
        await until(
            async () =>
                Object.values(await query("count_over_time")).reduce((a, b) => a + b, 0) >=
                boards.reports + BOARDS,
            "all readings in VictoriaMetrics",
            LIMITS_MS.catchingUp,
        ).catch(() => undefined)
        const eachOf = (of: (count: number) => number) =>
            Object.fromEntries(Object.entries(sent).map(([name, count]) => [name, of(count)]))
        expect(await query("count_over_time")).toEqual(eachOf(count => count + 1))
        expect(await query("sum_over_time")).toEqual(
            eachOf(count => (count * (count + 1)) / 2 + count),
        )
        // By scrape, gaps are counted, and what counts never falls.
        expect(
            Object.fromEntries(scraped.map(({ metric, value }) => [metric["device_id"]!, value])),
        ).toEqual(sent)
        expect(resets.map(({ value }) => value)).toEqual([0])
        expect(gaps).toHaveLength(1)
        expect(said).not.toContain(PASSWORD)
        if (peak) expect(peak).toBeLessThan(400 * MB)
        if (BOARDS >= 1000) expect((1000 * busy) / perSecond).toBeLessThan(1)
    },
    240_000 + 2 * LIMITS_MS.catchingUp + REAL * LIMITS_MS.board + RESTARTS * LIMITS_MS.restart,
)

/** Of a process's own life. */
function processorSeconds(pid: number): number {
    if (!existsSync("/proc/self/stat")) return 0
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ")
    return (Number(fields[11]) + Number(fields[12])) / TICKS
}

/** The most memory that a process ever had; undefined where nobody tells. */
function peakBytes(pid: number): number | undefined {
    if (!existsSync("/proc/self/status")) return undefined
    const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? []
    return Number(kib) * 1024
}
