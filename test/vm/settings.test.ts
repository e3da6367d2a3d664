import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, onTestFinished, test, vi } from "vitest"
import { BoardLink } from "../../host/link/board-link"
import { openBus } from "../../host/link/jacdac/bus"
import { deploySettings } from "../../host/link/deploy/deploy-settings"
import { TcpPort } from "../../host/link/node/tcp-stream"
import { buildProgram } from "../../host/compiler/node/build"
import { run } from "../../host/simulator/run"
import { copyProject, COMPILE_TIMEOUT_MS } from "../host/compiler/node/build-project"
import { printed, vm } from "./harness"
import { record, serve, until } from "./link/rig"

const NAMES = ["NUMBER", "TEXT", "SPACED", "JSON", "LOCAL", "GONE", "HASH", "NONE"]
const SOURCE = `
import { readSetting } from "@devicescript/settings"
for (const name of ${JSON.stringify(NAMES)})
    console.log(name + "=" + JSON.stringify(await readSetting(name)))
console.log("all read")
setInterval(() => console.log("alive"), 1000)
`
const DEFAULTS = `# of everybody
NUMBER=68
TEXT=living room
SPACED= 7
JSON={"a":[1,true,null]}
LOCAL=1
GONE=5
HASH=a#b
not a setting
`
const LOCAL = "LOCAL=secret\r\nGONE=\r\nA_NAME_TOO_LONG_FOR_A_BOARD=1\r\n"
/** As the official compiler reads them, and the official library gives them to a program. */
const EXPECTED = [
    ...["NUMBER=68", 'TEXT="living room"', "SPACED=7", 'JSON={"a":[1,true,null]}'],
    ...['LOCAL="secret"', "GONE=undefined", "HASH=undefined", "NONE=undefined", "all read"],
]

async function project(defaults = DEFAULTS) {
    const folder = copyProject()
    mkdirSync(join(folder, "src"), { recursive: true })
    writeFileSync(join(folder, "src/settings.ts"), SOURCE)
    writeFileSync(join(folder, ".env.defaults"), defaults)
    writeFileSync(join(folder, ".env.local"), LOCAL)
    return buildProgram("src/settings.ts", { cwd: folder })
}
vi.setConfig({ testTimeout: COMPILE_TIMEOUT_MS })

const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }

test("a program finds its project's settings on a simulated board", async () => {
    const program = await project()
    const { report } = await run(vm, { program, board, forMs: 10_000, untilText: "all read" })
    expect(printed(report.log)).toEqual(EXPECTED)
    expect(JSON.stringify(report.program)).not.toContain("secret")
})

test("settings too big for a board are said so", async () => {
    const program = await project(`TEXT=${"x".repeat(20_000)}`)
    const started = run(vm, { program, board, forMs: 500 })
    await expect(started).rejects.toThrow(/^the setting TEXT does not fit on the board: its 20002 /)
})

test("deploying gives them to a board over the wire, and says what it cannot give", async () => {
    const program = await project(`${DEFAULTS}WIFI_SSID=home\nWIFI_PWD=12345678`)
    const served = await serve("live-timers", { bytecode: program.bytecode })
    const link = new BoardLink(new TcpPort("127.0.0.1", served.port), { reconnect: true })
    onTestFinished(async () => {
        await link.close()
        await served.close()
    })
    const seen = record(link)
    const own = () => seen.lines.filter(line => line.startsWith("> ")).map(line => line.slice(2))
    await link.open()
    await until(() => own().includes("all read"), 20_000)
    expect(own()).toContain("NUMBER=undefined")

    const bus = await openBus(link)
    const warnings = await deploySettings(bus, program.settings)
    expect(warnings).toEqual(["WIFI_SSID was not given to the board: it has no WiFi."])
    await bus.close()
    seen.lines.length = 0
    served.board.simulated.reset()
    await until(() => own().includes("all read"), 20_000)
    expect(own().slice(own().indexOf("NUMBER=68"), own().indexOf("all read") + 1)).toEqual(EXPECTED)
})
