import { readFileSync } from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { connectAsync, type MqttClient } from "mqtt"
import { SeededRandom } from "../../host/base/seeded-random"
import { findBoard } from "../../host/boards/node/find-board"
import { buildProgram } from "../../host/compiler/node/build"
import { fletcher16, parseAgentLine } from "../../host/link/agent/agent-line"
import { loadVm } from "../../host/simulator/node/load-vm"
import { simulate } from "../../host/simulator/run"

/** Real milliseconds until a message that was not confirmed is sent again. */
const AGAIN_MS = 200

export interface LoadOptions {
    address: string
    user: string
    password: string
    ca: string
    boards: number
    /** Of those, so many are simulated; the others vary what these report. */
    real: number
    seed: number
}

/** Boards on a network: some simulated, the others variations of their reports, all over one broker. */
export class ReportingBoards {
    /** Reports that the broker has confirmed, by the board's name. */
    readonly sent = new Map<string, number>()
    private readonly over = new AbortController()
    private readonly running: Promise<void>[] = []
    private readonly lines: Promise<void>[] = []

    private constructor(
        private readonly client: MqttClient,
        private readonly options: LoadOptions,
    ) {}

    static async start(options: LoadOptions): Promise<ReportingBoards> {
        const { address, user, password, ca } = options
        const client = await connectAsync(address, {
            ...{ clientId: "boards", clean: false, reconnectPeriod: AGAIN_MS },
            ...{ username: user, password, ca: readFileSync(ca) },
        })
        client.on("error", () => undefined)
        const boards = new ReportingBoards(client, options)
        await boards.begin()
        return boards
    }

    get reports(): number {
        return [...this.sent.values()].reduce((sum, count) => sum + count, 0)
    }

    /** No more reports; those that are underway are confirmed first. */
    async end(): Promise<void> {
        this.over.abort()
        await Promise.all(this.running)
        await Promise.all(this.lines)
        await this.client.endAsync()
    }

    private async begin(): Promise<void> {
        const program = await buildProgram("devs/station/reporting.ts", {})
        const { boards, real, seed } = this.options
        const random = new SeededRandom(seed)
        const waiting = new Map<string, Promise<void>>()
        for (let index = 0; index < real; index++) {
            const variations = Array.from(
                { length: Math.ceil((boards - index) / real) },
                (_, i) => ({
                    name: `board-${index + i * real}`,
                    laterMs: i === 0 ? 0 : Math.floor(random.fraction() * 1e6),
                    delayMs: i === 0 ? 0 : random.fraction() * 1000,
                }),
            )
            const beginMs = random.fraction() * 3000
            const run = async () => {
                await pause(beginMs)
                const events = simulate(loadVm(), {
                    ...{ program, board: findBoard("pico"), seed: seed + index, speed: 1 },
                    ...{ forMs: 365 * 86_400_000, sampleMs: 60_000, signal: this.over.signal },
                })
                for await (const event of events) {
                    if (event.kind !== "log" || !event.text.startsWith("hs")) continue
                    for (const { name, laterMs, delayMs } of variations) {
                        const line = varied(event.text, laterMs)
                        const before = waiting.get(name)
                        const told = pause(delayMs)
                            .then(() => before)
                            .then(() => this.publish(name, line))
                        waiting.set(name, told)
                    }
                }
                for (const { name } of variations) this.lines.push(waiting.get(name)!)
            }
            this.running.push(run())
        }
    }

    /** Until the broker has confirmed it: no report of a board overtakes another. */
    private async publish(name: string, line: string): Promise<void> {
        for (;;)
            try {
                await this.client.publishAsync(`heapscope/${name}`, line, { qos: 1 })
                this.sent.set(name, (this.sent.get(name) ?? 0) + 1)
                return
            } catch {
                await pause(AGAIN_MS)
            }
    }
}

/** The same report of a board that was started earlier, with its sum. */
function varied(line: string, laterMs: number): string {
    if (parseAgentLine(line)?.kind !== "report" || laterMs === 0) return line
    const [body = "", rest = ""] = line.split("*")
    const moved = body.replace(/ ms=(\d+)/, (_, ms) => ` ms=${Number(ms) + laterMs}`)
    const padded = moved.trimEnd().padEnd(body.length)
    return `${padded}*${fletcher16(padded).toString(16).padStart(4, "0")}${rest.slice(4)}`
}
