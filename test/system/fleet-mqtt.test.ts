import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process"
import { writeFileSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { connectAsync, type MqttClient } from "mqtt"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { FleetReport } from "../../host/documents/fleet/fleet-report"
import { reportLine } from "../host/tasks/fleet/report-line"
import { takenByHomeAssistant } from "../host/sinks/fleet/home-assistant-rules"
import { Mosquitto } from "./mosquitto"

const USER = "fleet"
const PASSWORD = "not to be printed"
const BOARDS = ["kitchen", "hall", "hall 2", "cellar"]
/** `HEAPSCOPE_RESTARTS=100 npm run test:system -- fleet-mqtt`: at length. */
const RESTARTS = Number(process.env.HEAPSCOPE_RESTARTS ?? 3)
/** Real milliseconds between two reports of a board, and between two restarts at most. */
const REPORT_MS = 50
const BETWEEN_MS = 1500

test(
    "every report is accounted for once, however often the broker begins anew",
    { timeout: 60_000 + RESTARTS * 10_000 },
    async () => {
        const broker = await Mosquitto.start(USER, PASSWORD)
        onTestFinished(() => broker.close())
        const { ca, folder } = broker
        const access = { user: USER, passwordEnv: "BROKER_PASSWORD", ca }
        const config = join(folder, "fleet.json")
        writeFileSync(
            config,
            JSON.stringify({
                fleet: {
                    boards: [{ mqtt: broker.address, ...access }],
                    outputs: {
                        prometheus: { listen: 0 },
                        homeAssistant: { url: broker.address, every: "500ms", ...access },
                    },
                },
            }),
        )
        const fleet = start(config)
        const metrics = await fleet.metrics
        const client = (clientId: string): Promise<MqttClient> =>
            connectAsync(broker.address, {
                ...{ clientId, clean: false, reconnectPeriod: 200 },
                ...{ username: USER, password: PASSWORD, ca: readFileSync(ca) },
            })
        const [boards, house] = await Promise.all([client("boards"), client("house")])
        onTestFinished(async () => {
            await Promise.all([boards.endAsync(true), house.endAsync(true)])
        })
        for (const one of [boards, house]) one.on("error", () => undefined)
        await subscribed(house)

        let isOver = false
        const reports = new Map<string, number>()
        const reporting = BOARDS.map(async name => {
            let seq = 0
            for (; !isOver; seq++) {
                await published(boards, `heapscope/${name}`, reportLine(seq))
                await pause(REPORT_MS)
            }
            reports.set(name, seq)
        })
        for (let i = 0; i < RESTARTS; i++) {
            await pause(Math.random() * BETWEEN_MS)
            await broker.restart(Math.random() * 300)
        }
        isOver = true
        await Promise.all(reporting)
        await until(async () => {
            const text = await metrics()
            return BOARDS.every(name =>
                text.includes(
                    `devicescript_reports_total{device_id="${name}"} ${reports.get(name)}\n`,
                ),
            )
        })

        const kept = new Map<string, string>()
        house.on("message", (topic, payload) => void kept.set(topic, payload.toString()))
        await house.subscribeAsync(["homeassistant/#", "heapscope-fleet/#"], { qos: 1 })
        const configs = () => [...kept].filter(([topic]) => topic.startsWith("homeassistant/"))
        await until(() => Promise.resolve(configs().length === BOARDS.length))
        const ids = configs().flatMap(([topic, payload]) => takenByHomeAssistant(topic, payload))
        expect(new Set(ids).size).toBe(ids.length)
        for (const [, payload] of configs()) {
            const { state_topic: state, availability } = JSON.parse(payload) as {
                state_topic: string
                availability: { topic: string }[]
            }
            await until(() => Promise.resolve(kept.has(state)))
            const figures = JSON.parse(kept.get(state)!) as Record<string, number>
            expect(figures["live"]).toBeGreaterThan(0)
            for (const { topic } of availability) expect(kept.get(topic)).toBe("online")
        }

        const report = await fleet.end()
        await until(() => Promise.resolve(kept.get("heapscope-fleet/here") === "offline"))
        expect(report.boards).toMatchObject({ known: BOARDS.length, refused: 0 })
        expect(report.reports).toMatchObject({
            received: [...reports.values()].reduce((sum, count) => sum + count, 0),
            missed: 0,
        })
        expect(fleet.said()).not.toContain(PASSWORD)
        if (RESTARTS > 3) console.log(`${RESTARTS} restarts: ${JSON.stringify(report.reports)}`)
    },
)

/** A fleet of its own, until it is ended. */
function start(config: string) {
    const child: ChildProcessWithoutNullStreams = spawn(
        process.execPath,
        [join(packageRoot(), "dist/cli.js"), "fleet", config, "--json"],
        { env: { ...process.env, BROKER_PASSWORD: PASSWORD, HEAPSCOPE_DAEMON: "0" } },
    )
    onTestFinished(() => void child.kill("SIGKILL"))
    let printed = ""
    let said = ""
    child.stdout.on("data", data => (printed += String(data)))
    const metrics = new Promise<() => Promise<string>>((found, failed) => {
        createInterface({ input: child.stderr }).on("line", line => {
            said += `${line}\n`
            const [, address] = /metrics: (http:\S+)/.exec(line) ?? []
            if (address) found(async () => (await fetch(address)).text())
        })
        child.on("exit", () => failed(new Error(said)))
    })
    return {
        metrics,
        said: () => said + printed,
        async end(): Promise<FleetReport> {
            const ended = new Promise(done => child.on("close", done))
            child.kill("SIGINT")
            expect(await ended).toBe(130)
            return JSON.parse(printed) as FleetReport
        },
    }
}

/** Until the broker has confirmed it: a client that lost its connection does not try all of them again. */
async function published(client: MqttClient, topic: string, line: string): Promise<void> {
    for (;;)
        try {
            await client.publishAsync(topic, line, { qos: 1 })
            return
        } catch {
            await pause(REPORT_MS)
        }
}

/** Until somebody hears what boards publish: the fleet has connected. */
async function subscribed(client: MqttClient): Promise<void> {
    const topic = "$SYS/broker/subscriptions/count"
    let others = 0
    const count = (_: string, payload: Buffer) => (others = Number(payload.toString()) - 1)
    client.on("message", count)
    await client.subscribeAsync(topic)
    await until(() => Promise.resolve(others > 0))
    client.off("message", count)
    await client.unsubscribeAsync(topic)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; !(await holds()); tries++) {
        if (tries === 100) throw new Error("it never came to it")
        await pause(200)
    }
}
