import type { AnswerPlan, ServerPlan } from "../plan"
import { joined, textOf, utf8, type Connection } from "./connection"
import type { HttpRequest } from "./http-request"

/** Bytes of a long answer that are on their way at once, and how long they take, in simulated milliseconds. */
const CHUNK_BYTES = 8_192
const CHUNK_MS = 8
/** A head without an end is sent in lines, this long. */
const ENDLESS_LINE = `x-and-so-on: ${"a".repeat(1_000)}\r\n`

/** The servers of which somebody has said what they answer. */
export class PlannedServers {
    /** By server, how many requests it has answered. */
    private readonly answered = new Map<ServerPlan, number>()
    private servers: readonly ServerPlan[]

    constructor(servers: readonly ServerPlan[]) {
        this.servers = servers
    }

    /** What somebody says later goes before what was said earlier. */
    add(server: ServerPlan): void {
        this.servers = [server, ...this.servers]
    }

    knows(host: string): boolean {
        return this.servers.some(server => isFor(server, host))
    }

    /** The answer to a request; undefined where nobody has said any. */
    answerTo(host: string, request: HttpRequest): AnswerPlan | undefined {
        const { method, target, headers, body } = request
        const server = this.servers.find(
            one =>
                isFor(one, host) &&
                target.startsWith(one.path) &&
                (one.method === undefined || one.method === method),
        )
        if (!server) return undefined
        const count = this.answered.get(server) ?? 0
        this.answered.set(server, count + 1)
        if (server.answerTo)
            return server.answerTo({
                ...{ method, path: target, headers: Object.fromEntries(headers) },
                body: textOf(body),
            })
        return server.replies[Math.min(count, server.replies.length - 1)]
    }
}

function isFor({ host }: ServerPlan, name: string): boolean {
    return host === "*" || host.toLowerCase() === name.toLowerCase()
}

/** Sends an answer as it is planned; what has no end ends with the connection. */
export function sendPlanned(
    connection: Connection,
    plan: AnswerPlan,
    options: { head: boolean; keepAlive: boolean },
): void {
    const { endless, cutOffBytes = Infinity } = plan
    if (plan.isSilent) return
    const whole = plan.raw ?? message(plan, options)
    let sent = 0
    const next = () => {
        const left = whole.subarray(sent)
        const chunk = left.length > 0 ? left.subarray(0, CHUNK_BYTES) : more(endless)
        const part = chunk?.subarray(0, cutOffBytes - sent)
        if (part && part.length > 0) {
            sent += part.length
            connection.send(part)
        }
        if (sent >= cutOffBytes) return connection.close()
        if (sent < whole.length || endless) return connection.after(CHUNK_MS, next)
        if (!options.keepAlive) connection.close()
    }
    next()
    connection.gave()
}

function more(endless: AnswerPlan["endless"]): Uint8Array | undefined {
    if (endless === "headers") return utf8(ENDLESS_LINE)
    return endless && new Uint8Array(CHUNK_BYTES).fill("x".charCodeAt(0))
}

function message(plan: AnswerPlan, { head, keepAlive }: { head: boolean; keepAlive: boolean }) {
    const { status, headers, body, endless } = plan
    const given = new Set(headers.map(([name]) => name.toLowerCase()))
    const own: [string, string][] = [
        ["content-type", "text/plain"],
        ...(endless ? [] : ([["content-length", String(body.length)]] as [string, string][])),
        ["connection", keepAlive && !endless ? "keep-alive" : "close"],
    ]
    const lines = [...headers, ...own.filter(([name]) => !given.has(name))].map(
        ([name, value]) => `${name}: ${value}\r\n`,
    )
    const start = `HTTP/1.1 ${status}\r\n${lines.join("")}`
    if (endless === "headers") return utf8(start)
    return joined(utf8(`${start}\r\n`), head ? new Uint8Array(0) : body)
}
