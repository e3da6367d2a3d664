import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { fromRoot } from "../vm/harness"
import { pty } from "../vm/link/pty"
import { serve } from "../vm/link/rig"
import { CLI, openTerminal } from "./terminal"

const program = fromRoot("test/vm/programs/counting.ts")
let env: NodeJS.ProcessEnv
let paths: string[]
const closing: { close(): Promise<void> }[] = []

beforeAll(async () => {
    const boards = [await serve("counting"), await serve("counting")]
    const cables = await Promise.all(boards.map(({ port }) => pty(port)))
    closing.push(...cables, ...boards)
    // As they are listed.
    paths = cables.map(({ path }) => path).sort((a, b) => a.localeCompare(b))
    env = {
        NODE_OPTIONS: `--import=${fromRoot("test/e2e/listed-ports.mjs")}`,
        TEST_PORTS: paths.join(","),
    }
})
afterAll(async () => {
    for (const { close } of closing) await close()
})

const deploy = () => openTerminal(["deploy", program], { env, columns: 200 })

test("--port auto asks on a terminal which board is meant, until the answer is one", async () => {
    const terminal = deploy()
    await terminal.until("Several boards are connected:")
    await terminal.until(`1  ${paths[0]} · RP2040 (Raspberry Pi) · E6-1`)
    await terminal.until(`2  ${paths[1]} · RP2040 (Raspberry Pi) · E6-2`)
    await terminal.until("Which one, 1 to 2? ")
    terminal.type("3\n")
    await terminal.until(`"3" is none of them.`)
    await terminal.until("Which one, 1 to 2? ")
    terminal.type("2\n")
    await terminal.until(`on the board at ${paths[1]}`)
    expect((await terminal.ended()).code).toBe(0)
})

test("Ctrl-C there is an interruption", async () => {
    const terminal = deploy()
    await terminal.until("Which one, 1 to 2? ")
    terminal.type("\u0003")
    expect((await terminal.ended()).code).toBe(130)
})

test("the end of the input there is told, and exit code 2", async () => {
    const terminal = deploy()
    await terminal.until("Which one, 1 to 2? ")
    terminal.type("\u0004")
    await terminal.until("No board is chosen. Choose one with --port.")
    expect((await terminal.ended()).code).toBe(2)
})

test("the answer leaves the keys to the screen that follows", async () => {
    const terminal = openTerminal(["watch", "--port", "auto"], { env, columns: 200 })
    await terminal.until("Which one, 1 to 2? ")
    terminal.type("1\n")
    await terminal.until("count ")
    terminal.type("?")
    await terminal.until("quit; Ctrl-C breaks off")
    terminal.type(" ")
    await terminal.until("q quit")
    terminal.type("q")
    const { code, modes } = await terminal.ended()
    expect(code).toBe(0)
    expect(modes).toMatch(/[ ;]icanon/)
})

test("without a terminal they are listed, and exit code 2", async () => {
    const run = promisify(execFile)(process.execPath, [CLI, "deploy", program], {
        env: { ...process.env, ...env },
    })
    await expect(run).rejects.toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringMatching(/Several boards are connected: .*RP2040.*--port\.\n$/),
    })
})
