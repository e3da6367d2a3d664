import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stripVTControlCharacters } from "node:util"
import { decode } from "fast-png"
import { afterAll, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { CLI, openTerminal } from "./terminal"

const root = packageRoot()
const folder = mkdtempSync(join(tmpdir(), "heapscope-world-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs a program that has a network. @returns whom its process meant to reach, and what it printed */
function reached(name: string, ...args: string[]) {
    const log = join(folder, "network.log")
    rmSync(log, { force: true })
    const program = `test/vm/programs/${name}.ts`
    const { stdout } = spawnSync(
        process.execPath,
        ["--import", join(root, "test/e2e/no-network.mjs"), CLI, "sim", program, "--for=3s"].concat(
            args,
        ),
        { cwd: root, encoding: "utf8", env: { ...process.env, NETWORK_LOG: log } },
    )
    return { hosts: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [], stdout }
}

test("nothing leaves the machine, unless the world's network is the real one", () => {
    const madeUp = reached("fetch-and-publish")
    expect(madeUp.hosts).toEqual([])
    expect(madeUp.stdout).toContain("garden/temperature true")
    const cloud = reached("cloud-adapter")
    expect(cloud.hosts).toEqual([])
    expect(cloud.stdout).toContain("DeviceScript cloud (made-up answers)")
    const real = reached("fetch-and-publish", "--world-network=real")
    expect(real.hosts).toEqual(["dns api.example.com"])
    expect(real.stdout).toContain("name not found")
})

/** Two by four pixels as one character: dots 1, 2, 3, 7 down the left, 4, 5, 6, 8 down the right. */
const DOTS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

test("a terminal shows what a display shows, and the file is the same picture", async () => {
    const png = join(folder, "screen.png")
    const terminal = openTerminal([
        ...["sim", "test/vm/programs/drivers/displays.ts", "--for=2s"],
        ...["--show", `--png=${png}`, "--at=1.5s"],
    ])
    const { code, output } = await terminal.ended()
    expect(code).toBe(0)
    const lines = stripVTControlCharacters(output).split(/\r?\n/)
    const title = lines.findIndex(line => line.includes("64 x 48 pixels"))
    const { width, height, data, channels } = decode(readFileSync(png))
    expect({ width, height }).toEqual({ width: 64, height: 48 })
    const rows = Array.from({ length: height / 4 }, (_, row) =>
        Array.from({ length: width / 2 }, (_, column) => {
            const dots = DOTS.filter((_, index) => {
                const [x, y] = [2 * column + (index & 1), 4 * row + (index >> 1)]
                return data[(y * width + x) * channels]! > 0
            })
            return String.fromCharCode(0x2800 + dots.reduce((all, dot) => all + dot, 0))
        }).join(""),
    )
    expect(new Set(rows.join("")).size).toBeGreaterThan(3)
    const drawn = lines.slice(title + 2, title + 2 + rows.length)
    expect(drawn.map(line => line.trim().slice(1, -1))).toEqual(rows)
    // One file for each of the others.
    const others = [2, 3, 4, 5].map(n => decode(readFileSync(join(folder, `screen-${n}.png`))))
    expect(others.map(({ width, height }) => `${width} x ${height}`).sort()).toEqual(
        ["128 x 64", "160 x 120", "24 x 32", "48 x 20"].sort(),
    )
})

test("a live screen draws the display, too, and leaves the terminal as it was", async () => {
    const terminal = openTerminal(
        ["sim", "test/vm/programs/drivers/displays.ts", "--for=1h", "--live", "--show"],
        { columns: 100, rows: 40 },
    )
    await terminal.until("64 x 48 pixels")
    terminal.type("q")
    const { output } = await terminal.ended()
    expect(output.lastIndexOf("\u001b[?1049l")).toBeGreaterThan(output.lastIndexOf("\u001b[?1049h"))
})
