import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { connect, createServer, type AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { onTestFinished } from "vitest"

/** An engine's program: where Debian's package puts it. */
const PACKAGES: Record<string, string> = {
    "/usr/bin/prometheus": "prometheus",
    "/usr/bin/promtool": "prometheus",
    "/usr/bin/victoria-metrics": "victoria-metrics",
    "/usr/sbin/mosquitto": "mosquitto",
    "/usr/bin/influxd": "influxdb",
}

/** An engine that runs, and can be ended and started again with all that it has kept. */
export interface Engine {
    port: number
    /** Ends it as a system that shuts down does, and waits for it. */
    stop(): Promise<void>
    start(): Promise<void>
}

/** Says which engine is missing, and how to get it. */
export function demand(program: string): string {
    if (existsSync(program)) return program
    throw new Error(
        `${program} is not there: apt-get install --no-install-recommends ${PACKAGES[program]}`,
    )
}

/** A folder for this test alone. */
export function testFolder(): string {
    const made = mkdtempSync(join(tmpdir(), "heapscope-system-"))
    onTestFinished(() => rmSync(made, { recursive: true, force: true }))
    return made
}

/** Prometheus that takes remote writes. @param scrape address to scrape, how often */
export async function prometheus(folder: string, scrape?: string, every = "1s"): Promise<Engine> {
    const port = await freePort()
    const config = join(folder, "prometheus.yml")
    const jobs =
        scrape === undefined
            ? ""
            : `scrape_configs: [{ job_name: boards, honor_labels: true, static_configs: [{ targets: ["${scrape}"] }] }]\n`
    writeFileSync(config, `global: { scrape_interval: ${every} }\n${jobs}`)
    return engine(demand("/usr/bin/prometheus"), port, [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, "prometheus")}`,
        `--web.listen-address=127.0.0.1:${port}`,
        "--web.enable-remote-write-receiver",
    ])
}

/** VictoriaMetrics, which leaves out what it gets twice. */
export async function victoriaMetrics(folder: string, ...more: string[]): Promise<Engine> {
    const port = await freePort()
    return engine(demand("/usr/bin/victoria-metrics"), port, [
        `-storageDataPath=${join(folder, "victoria")}`,
        `-httpListenAddr=127.0.0.1:${port}`,
        "-dedup.minScrapeInterval=1ms",
        "-search.latencyOffset=0s",
        "-search.disableCache",
        ...more,
    ])
}

/** Starts it; it is ended with the test. @param port where it listens then */
export async function engine(program: string, port: number, args: string[]): Promise<Engine> {
    let child: ChildProcess | undefined
    const stop = async () => {
        const ended = child
        child = undefined
        if (!ended || ended.exitCode !== null || ended.signalCode !== null) return
        ended.kill("SIGTERM")
        await once(ended, "exit")
    }
    const start = async () => {
        child = spawn(program, args, { stdio: "ignore" })
        await until(() => listens(port), `${program} at port ${port}`)
    }
    onTestFinished(stop)
    await start()
    return { port, stop, start }
}

/** What an engine answers to a query of PromQL, the value by the labels that are asked for. */
export async function ask(
    { port }: Engine,
    query: string,
): Promise<{ metric: Record<string, string>; value: number }[]> {
    const url = `http://127.0.0.1:${port}/api/v1/query?nocache=1&query=${encodeURIComponent(query)}`
    const answer = await fetch(url).catch(() => undefined)
    if (!answer?.ok) return []
    const { data } = (await answer.json()) as {
        data: { result: { metric: Record<string, string>; value: [number, string] }[] }
    }
    return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
}

/** Waits. @param forMs real milliseconds, at the most */
export async function until(
    isThere: () => boolean | Promise<boolean>,
    what: string,
    forMs = 40_000,
): Promise<void> {
    const began = Date.now()
    while (!(await isThere())) {
        if (Date.now() - began > forMs) throw new Error(`it does not come: ${what}`)
        await pause(100)
    }
}

export async function freePort(): Promise<number> {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, "close")
    return port
}

function listens(port: number): Promise<boolean> {
    return new Promise(done => {
        const socket = connect(port, "127.0.0.1")
        socket.on("connect", () => {
            socket.destroy()
            done(true)
        })
        socket.on("error", () => done(false))
    })
}

/** A key and a certificate of this machine's for TLS, signed by itself. */
export function selfSigned(folder: string): { cert: string; key: string } {
    mkdirSync(folder, { recursive: true })
    const [cert, key] = [join(folder, "tls.crt"), join(folder, "tls.key")]
    execFileSync(
        "openssl",
        [
            ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"],
            ...["-nodes", "-days", "2", "-subj", "/CN=localhost"],
            ...["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"],
            ...["-keyout", key, "-out", cert],
        ],
        { stdio: "ignore" },
    )
    return { cert, key }
}
