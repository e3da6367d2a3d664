import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { WebSocket } from "ws"

/** Debian's. */
const FIREFOX = process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr"

/** Undefined where there is one; otherwise how to get it. */
export const NO_FIREFOX = existsSync(FIREFOX)
    ? undefined
    : `${FIREFOX} is not there: apt-get install --no-install-recommends firefox-esr, or FIREFOX_PATH`

/** What a call of WebDriver BiDi answers, or what is told without a call. */
interface Told {
    id?: number
    type: "success" | "error" | "event"
    result?: unknown
    error?: string
    message?: string
    method?: string
    params?: { request?: { url: string }; level?: string; text?: string }
}

/** A Firefox without a window, and its one tab, over WebDriver BiDi. Whoever started it closes it. */
export class Firefox {
    /** What the page asked for. */
    readonly requests: string[] = []
    /** Errors that it did not catch, and those it logged. */
    readonly problems: string[] = []
    private lastId = 0
    private context = ""
    private readonly waiting = new Map<number, (told: Told) => void>()

    private constructor(
        private readonly process: ChildProcess,
        private readonly profile: string,
        private readonly socket: WebSocket,
    ) {
        socket.on("message", (data: Buffer) => this.hear(JSON.parse(String(data)) as Told))
    }

    static async start(): Promise<Firefox> {
        const profile = mkdtempSync(join(tmpdir(), "heapscope-firefox-"))
        const process = spawn(
            FIREFOX,
            ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port=0"],
            { stdio: ["ignore", "ignore", "pipe"] },
        )
        const address = await addressOf(process)
        const socket = new WebSocket(`${address}/session`)
        await once(socket, "open")
        const firefox = new Firefox(process, profile, socket)
        await firefox.call("session.new", { capabilities: {} })
        const { contexts } = (await firefox.call("browsingContext.getTree", {})) as {
            contexts: { context: string }[]
        }
        firefox.context = contexts[0]!.context
        await firefox.call("session.subscribe", {
            events: ["network.beforeRequestSent", "log.entryAdded"],
        })
        return firefox
    }

    async open(url: string): Promise<void> {
        await this.call("browsingContext.navigate", {
            context: this.context,
            url,
            wait: "complete",
        })
    }

    /**
     * @param expression JavaScript; its value, or what it promises, is passed as JSON
     * @throws Error for what it throws
     */
    async evaluate<T>(expression: string): Promise<T> {
        const answer = (await this.call("script.evaluate", {
            expression: `(async () => JSON.stringify(await (${expression})))()`,
            target: { context: this.context },
            awaitPromise: true,
        })) as {
            type: "success" | "exception"
            result?: { value?: string }
            exceptionDetails?: { text: string }
        }
        if (answer.type === "exception") throw new Error(answer.exceptionDetails?.text)
        return JSON.parse(answer.result?.value ?? "null") as T
    }

    async close(): Promise<void> {
        const { process } = this
        this.socket.terminate()
        if (process.exitCode === null && process.signalCode === null) {
            process.kill("SIGTERM")
            await once(process, "exit")
        }
        rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 })
    }

    private call(method: string, params: object): Promise<unknown> {
        const id = ++this.lastId
        this.socket.send(JSON.stringify({ id, method, params }))
        return new Promise((resolve, reject) =>
            this.waiting.set(id, ({ type, result, error, message }) => {
                if (type === "success") resolve(result)
                else reject(new Error(`${method}: ${error} ${message}`))
            }),
        )
    }

    private hear(told: Told): void {
        if (told.id !== undefined) {
            this.waiting.get(told.id)?.(told)
            this.waiting.delete(told.id)
        } else if (told.method === "network.beforeRequestSent")
            this.requests.push(told.params!.request!.url)
        else if (told.method === "log.entryAdded" && told.params!.level === "error")
            this.problems.push(told.params!.text ?? "")
    }
}

/** Where it listens, as it says itself. */
function addressOf(process: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
        let told = ""
        process.stderr!.on("data", (data: Buffer) => {
            told += String(data)
            const found = /WebDriver BiDi listening on (ws:\S+)/.exec(told)
            if (found) resolve(found[1]!)
        })
        process.once("exit", () => reject(new Error(`Firefox ended: ${told}`)))
    })
}
