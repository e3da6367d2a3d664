import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import {
    appendFileSync,
    cpSync,
    mkdirSync,
    mkdtempSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs"
import { connect, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { stripVTControlCharacters } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findCli } from "../../host/compiler/node/cli-package"
import { fromRoot } from "../vm/harness"
import { pty } from "../vm/link/pty"
import { serve, until } from "../vm/link/rig"

// The official tool takes these ports, and no others.
const DEBUGGER_PORT = 8083
/** It takes its time to compile. */
const PATIENCE_MS = 150_000
/** On a machine with much else to do the tool may wait for ever for what it has missed: it is started again. */
const STUCK_MS = 60_000

const cliFolder = join(dirname(findCli().bundle), "..")
const closing: { close(): Promise<void> }[] = []
let folder: string
let devtools: ChildProcess
let output = ""
let over = false

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-official-"))
    mkdirSync(join(folder, "src"))
    mkdirSync(join(folder, "node_modules/@devicescript"), { recursive: true })
    symlinkSync(cliFolder, join(folder, "node_modules/@devicescript/cli"))
    writeFileSync(join(folder, "devsconfig.json"), "{}")
    writeFileSync(join(folder, "package.json"), `{"name": "official", "private": true}`)
    cpSync(fromRoot("test/vm/programs/counting.ts"), join(folder, "src/main.ts"))

    const board = await serve("live-timers")
    const cable = await pty(board.port)
    closing.push(cable, board)
    start(cable.path)
})
afterAll(async () => {
    over = true
    if (devtools.exitCode === null) {
        devtools.kill()
        await once(devtools, "exit")
    }
    for (const { close } of closing) await close()
    rmSync(folder, { recursive: true, force: true })
})

function start(port: string): void {
    output = ""
    devtools = spawn(
        process.execPath,
        [
            `--import=${fromRoot("test/e2e/listed-ports.mjs")}`,
            join(cliFolder, "devicescript"),
            ...["devtools", "src/main.ts", "--serial"],
        ],
        {
            cwd: folder,
            env: {
                ...process.env,
                NO_UPDATE_NOTIFIER: "1",
                TEST_PORTS_FOR: join(cliFolder, "package.json"),
                TEST_PORTS: port,
            },
            stdio: ["ignore", "pipe", "pipe"],
        },
    )
    const keep = (data: Buffer) => (output += stripVTControlCharacters(data.toString()))
    devtools.stdout!.on("data", keep)
    devtools.stderr!.on("data", keep)
    // It ends when somebody else has its ports: another run of this test, most likely.
    devtools.once("exit", () => void setTimeout(() => over || start(port), 1000))
}

/** Waits for the tool to say something. @throws Error with all that it said instead */
async function said(pattern: RegExp, meanwhile = () => undefined as void): Promise<void> {
    const isSaid = () => {
        meanwhile()
        return pattern.test(output)
    }
    await until(isSaid, PATIENCE_MS).catch(() => {
        throw new Error(`\`devs devtools\` never said ${pattern}, but ${output}`)
    })
}

/**
 * Waits until the tool has deployed. It gives the board a second to be found and three to answer, and
 * does the same again when the program is edited, once it watches that.
 */
async function deployed(): Promise<void> {
    const misses = () => output.split("Deploy error").length - 1
    let edits = 0
    let began = Date.now()
    await said(/deploy status: OK/, () => {
        if (Date.now() - began > STUCK_MS) {
            began = Date.now()
            edits = 0
            devtools.kill()
        }
        if (misses() > edits && /watching src/.test(output))
            appendFileSync(join(folder, "src/main.ts"), `// ${++edits}\n`)
    })
}

test("the official devtools find the virtual board on a pty, deploy to it and show its log", async () => {
    await said(/DEV> fired \d+ cleared \d+/)
    await deployed()
    await said(/DEV> start: official[^]*DEV> count 1\n[^]*DEV> count 2\n/)
}, 200_000)

/** A client of the Debug Adapter Protocol, as an editor is one. */
function debugAdapter(socket: Socket) {
    interface Message {
        type: string
        command?: string
        event?: string
        body: never
    }
    const messages: Message[] = []
    let pending = ""
    let seq = 0
    socket.on("data", data => {
        pending += data.toString()
        for (;;) {
            const header = /^Content-Length: (\d+)\r\n\r\n/.exec(pending)
            const end = header ? header[0].length + Number(header[1]) : Infinity
            if (pending.length < end) return
            messages.push(JSON.parse(pending.slice(header![0].length, end)) as Message)
            pending = pending.slice(end)
        }
    })
    const wait = async <T>(what: Partial<Message>): Promise<T> => {
        const find = () =>
            messages.findIndex(message =>
                Object.entries(what).every(([key, value]) => message[key as "type"] === value),
            )
        await until(() => find() >= 0)
        return messages.splice(find(), 1)[0]!.body
    }
    return {
        wait,
        request: <T>(command: string, args = {}): Promise<T> => {
            const text = JSON.stringify({ type: "request", seq: ++seq, command, arguments: args })
            socket.write(`Content-Length: ${text.length}\r\n\r\n${text}`)
            return wait<T>({ type: "response", command })
        },
    }
}

test("the official debugger halts the program on it, reads it and has it go on", async () => {
    await deployed()
    const socket = connect(DEBUGGER_PORT, "127.0.0.1")
    const { request, wait } = debugAdapter(socket)
    await request("initialize", { adapterID: "test" })
    await request("attach")
    const { threadId } = await wait<{ threadId: number }>({ event: "stopped" })
    const { stackFrames } = await request<{
        stackFrames: { id: number; name: string; source: { name: string } }[]
    }>("stackTrace", { threadId })
    expect(stackFrames).toMatchObject([{ name: "main", source: { name: "src/main.ts" } }])
    const { scopes } = await request<{ scopes: { name: string; variablesReference: number }[] }>(
        "scopes",
        { frameId: stackFrames[0]!.id },
    )
    const seen: Record<string, string> = {}
    for (const { variablesReference } of scopes) {
        const { variables } = await request<{ variables: { name: string; value: string }[] }>(
            "variables",
            { variablesReference },
        )
        for (const { name, value } of variables) seen[name] = value
    }
    const counts = () => Array.from(output.matchAll(/count (\d+)/g), ([, count]) => Number(count))
    // What was printed last may still be on its way.
    await until(() => seen.count === String(counts().at(-1)))
    const halted = counts().length
    await request("continue", { threadId })
    await until(() => counts().length > halted + 2)
    await request("disconnect")
    socket.destroy()
}, 120_000)
