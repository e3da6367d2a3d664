import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import type { Browser, Page } from "playwright-core"
import { packageRoot } from "../../host/base/node/package-root"
import { CLI } from "./terminal"

/** A command that serves the live page. Whoever started it ends it. */
export class ServedPage {
    private constructor(
        readonly command: ChildProcess,
        readonly address: string,
        private readonly told: { stderr: string },
    ) {}

    /** Starts it, and waits for its address. */
    static async start(args: readonly string[], cwd = packageRoot()): Promise<ServedPage> {
        const command = spawn(process.execPath, [CLI, ...args, "--web"], {
            ...{ cwd, stdio: ["ignore", "ignore", "pipe"] },
        })
        const told = { stderr: "" }
        const address = await new Promise<string>((done, failed) => {
            command.stderr!.on("data", (data: Buffer) => {
                told.stderr += String(data)
                const found = /page: (http\S+)\n/.exec(told.stderr)
                if (found) done(found[1]!)
            })
            command.once("exit", () => failed(new Error(`it ended: ${told.stderr}`)))
        })
        return new ServedPage(command, address, told)
    }

    /** What it has told beside its page. */
    get stderr(): string {
        return this.told.stderr
    }

    /** A tab, and what it complains of: errors, and requests to anywhere else. */
    async open(browser: Browser, options = {}): Promise<{ page: Page; problems: string[] }> {
        const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options })
        const problems: string[] = []
        page.on("pageerror", error => problems.push(String(error)))
        page.on("console", message => message.type() === "error" && problems.push(message.text()))
        page.on("request", asked => {
            const { host, protocol } = new URL(asked.url())
            if (protocol !== "data:" && host !== new URL(this.address).host)
                problems.push(asked.url())
        })
        await page.goto(this.address)
        return { page, problems }
    }

    /** Ends it as Ctrl-C does. @returns its exit code */
    async quit(): Promise<number | null> {
        const { command } = this
        if (command.exitCode === null) {
            const exited = once(command, "exit")
            command.kill("SIGINT")
            await exited
        }
        return command.exitCode
    }
}
