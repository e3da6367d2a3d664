import { spawn } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout as pause } from "node:timers/promises"
import { expect, onTestFinished, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import type { FleetReport } from "../../host/documents/fleet/fleet-report"
import { heapscopeHere } from "./command"

const CLI = join(packageRoot(), "dist/cli.js")

function folder(): string {
    const made = mkdtempSync(join(tmpdir(), "heapscope-fleet-"))
    onTestFinished(() => rmSync(made, { recursive: true, force: true }))
    return made
}

test("simulated boards can be scraped, Ctrl-C ends it, and the report accounts for them", async () => {
    const child = spawn(
        process.execPath,
        [CLI, "fleet", "--simulate", "6", "--metrics", "0", "--json"],
        { cwd: packageRoot(), env: { ...process.env, HEAPSCOPE_DAEMON: "0" } },
    )
    onTestFinished(() => void child.kill("SIGKILL"))
    let printed = ""
    child.stdout.on("data", data => (printed += String(data)))
    let address = ""
    for await (const line of createInterface({ input: child.stderr })) {
        address = /metrics: (http:\S+)/.exec(line)?.[1] ?? ""
        if (address !== "") break
    }
    child.stderr.resume()
    const boards = new Set<string>()
    while (boards.size < 6) {
        const text = await (await fetch(address)).text()
        const of = /^devicescript_memory_usage_bytes\{device_id="([^"]+)",state="live"\} \d+$/gm
        for (const [, name] of text.matchAll(of)) boards.add(name!)
        await pause(100)
    }
    const ended = new Promise(done => child.on("close", done))
    child.kill("SIGINT")
    expect(await ended).toBe(130)
    const report = JSON.parse(printed) as FleetReport
    expect(report.boards).toEqual({ known: 6, here: 0, refused: 0 })
    expect(report.reports).toMatchObject({ missed: 0, doubled: 0 })
})

test("what is wrong with a configuration is told with its line, and a secret never", async () => {
    const cwd = folder()
    const write = (fleet: object) =>
        writeFileSync(join(cwd, "heapscope.config.json"), JSON.stringify({ fleet }, null, 4))
    const said = async (...args: string[]) => {
        const { code, stderr, stdout } = await heapscopeHere(["fleet", ...args], { cwd })
        expect([code, stdout]).toEqual([2, ""])
        return stderr
    }
    expect(await said()).toMatch(/say which boards/)
    write({ boards: [{ port: "/dev/ttyACM0", bord: "pico" }] })
    expect(await said()).toMatch(
        /heapscope\.config\.json:6: fleet\.boards\.0\.bord: there is no such setting: did you mean board/,
    )
    write({ boards: [{ port: "/dev/ttyACM0" }] })
    expect(await said()).toMatch(/say where the figures go/)
    writeFileSync(join(cwd, "token"), "hush\nhush\n")
    write({
        boards: [{ port: "tcp://127.0.0.1:1" }],
        outputs: { prometheus: { tokenFile: "token" } },
    })
    const error = await said()
    expect(error).toMatch(/token in token is empty, or more than one line/)
    expect(error).not.toContain("hush")
    expect(await said("nowhere.json")).toMatch(/nowhere\.json cannot be read/)
})

test("boards that die are grouped by cause and place, and sim --as has one die so again", async () => {
    const cwd = folder()
    const program = join(packageRoot(), "test/vm/programs/die-growth.ts")
    const fleet = await heapscopeHere(
        [
            ...["fleet", "--simulate", "2", "--program", program, "--for", "4s", "--json"],
            ...["--incidents", join(cwd, "incidents"), "--quiet"],
        ],
        { cwd: packageRoot() },
    )
    expect(fleet.code).toBe(0)
    const { deaths } = JSON.parse(fleet.stdout) as FleetReport
    expect(deaths).toMatchObject([
        {
            ...{ cause: "out-of-memory", place: "test/vm/programs/die-growth.ts:3:32" },
            ...{
                deaths: 2,
                boards: expect.arrayContaining(["pico-0001", "pico-0002"]) as string[],
            },
        },
    ])
    const [file] = readdirSync(join(cwd, "incidents"))
    const incident = join(cwd, "incidents", file!)
    const again = await heapscopeHere(["sim", program, "--as", incident, "--quiet"])
    expect(again.code).toBe(1)
    expect(again.stderr).toMatch(
        /it dies so again, at test\/vm\/programs\/die-growth\.ts:3: out-of-memory after/,
    )
    const wrong = await heapscopeHere(["sim", program, "--as", join(packageRoot(), "package.json")])
    expect([wrong.code, wrong.stdout]).toEqual([2, ""])
    expect(wrong.stderr).toMatch(/does not tell of a board that died/)
})
