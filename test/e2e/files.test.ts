import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import {
    copyFileSync,
    existsSync,
    lstatSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { packageRoot } from "../../host/base/node/package-root"
import { SeededRandom } from "../../host/base/seeded-random"
import { build } from "../vm/harness"
import { heapscopeHere } from "./command"

const cli = join(packageRoot(), "dist/cli.js")
/** How often a process is killed, or the disk is full. */
const ROUNDS = Number(process.env.HEAPSCOPE_FILE_ROUNDS ?? 3)
/** A program that is none. */
const HOSTILE = "hostile\u001b[31m\u202e\u009b.ts"
let folder: string

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-files-"))
    mkdirSync(join(folder, "out"))
    const { bytecode } = await build("live-timers")
    writeFileSync(join(folder, "program.devs"), bytecode)
    writeFileSync(join(folder, HOSTILE), "")
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Result {
    code: number
    stdout: string
    stderr: string
}

/** Runs a command line in bash, `heapscope` being the built one. */
function bash(line: string): Promise<Result> {
    const script = `heapscope() { "${process.execPath}" "${cli}" "$@"; }\nset -o pipefail\n${line}`
    return new Promise(resolve => {
        execFile("bash", ["-c", script], { cwd: folder }, (error, stdout, stderr) =>
            resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
        )
    })
}

const SIM = "heapscope sim program.devs --for 2s --quiet"

describe("what cannot be written ends with one sentence and exit code 2:", () => {
    test.each([
        [`${SIM} > /dev/full`, "stdout cannot be written: ENOSPC: no space left on device"],
        [`${SIM} --json > /dev/full`, "stdout cannot be written: ENOSPC: no space left on device"],
        [
            "heapscope boards > /dev/full",
            "stdout cannot be written: ENOSPC: no space left on device",
        ],
        [
            "heapscope --help > /dev/full",
            "stdout cannot be written: ENOSPC: no space left on device",
        ],
        [`${SIM} | true`, "stdout was closed: the rest could not be written."],
        ...["--out", "--svg", "--log", "--record"].map(flag => [
            `${SIM} ${flag} /dev/full > /dev/null`,
            "/dev/full cannot be written: ENOSPC: no space left on device",
        ]),
        [`${SIM} --json --out a > a`, "--out a is where stdout goes, too. Name another file."],
        [
            `${SIM} --json --out /dev/stdout`,
            "--out /dev/stdout is where stdout goes, too. Name another file.",
        ],
        [
            `${SIM} --record a.ndjson > /dev/null; heapscope watch --replay a.ndjson --record a.ndjson`,
            "--record a.ndjson is what the command reads, too. Name another file.",
        ],
    ])("%s", async (line, message) => {
        const { code, stderr } = await bash(line)
        expect({ code, stderr }).toEqual({ code: 2, stderr: `heapscope: ${message}\n` })
        expect(lstatSync("/dev/full").isCharacterDevice()).toBe(true)
    })

    test.each([
        ["--out a --svg ./a", "--svg ./a is written by --out, too. Name another file."],
        [
            "--log a --record out/../a",
            "--record out/../a is written by --log, too. Name another file.",
        ],
        ["--out program.devs", "--out program.devs would replace a program. Name another file."],
    ])("%s", async (flags, message) => {
        const args = [...SIM.split(" ").slice(1), ...flags.split(" ")]
        const { code, stdout, stderr } = await heapscopeHere(args, { cwd: folder })
        expect({ code, stdout, stderr }).toEqual({
            code: 2,
            stdout: "",
            stderr: `heapscope: ${message}\n`,
        })
    })

    test("a name that is more than a name reaches the terminal without it", async () => {
        const { code, stderr } = await bash(
            "heapscope sim hostile* ; heapscope $'sim\\e[2J\\u202e'",
        )
        expect(code).toBe(2)
        expect(stderr).toMatch(/^heapscope: hostiles is in no/)
        expect(stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    })
})

describe("what is written goes where it is sent:", () => {
    test("/dev/stdout, and what a shell calls >(command)", async () => {
        const { code, stdout } = await bash(
            `${SIM} --out /dev/stdout --log >(wc -l >lines) | head -c 2000000; wait; sleep 0.2`,
        )
        expect(code).toBe(0)
        expect(stdout).toMatch(/^\{\n {2}"schema": "heapscope\/sim-report@1"/)
        expect(Number(readFileSync(join(folder, "lines"), "utf8"))).toBeGreaterThan(1)
    })

    test("a log and a recording are not touched by a run that does not begin", async () => {
        writeFileSync(join(folder, "kept"), "kept")
        for (const flag of ["--log", "--record"]) {
            for (const file of ["kept", "never"]) {
                const args = ["sim", HOSTILE, flag, file]
                expect((await heapscopeHere(args, { cwd: folder })).code).toBe(2)
            }
        }
        expect(readFileSync(join(folder, "kept"), "utf8")).toBe("kept")
        expect(existsSync(join(folder, "never"))).toBe(false)
    })
})

const out = (name: string) => join(folder, "out", name)

test(`a disk that is full after some byte: whole or as it was, and the exit code says so`, async () => {
    const args = "--out out/report.json --svg out/report.svg --log out/log --record out/record"
    expect((await bash(`${SIM} ${args} > /dev/null`)).code).toBe(0)
    const whole = ["report.json", "report.svg"].map(name => readFileSync(out(name), "utf8"))
    const largest = Math.max(
        ...readdirSync(join(folder, "out")).map(name => lstatSync(out(name)).size),
    )
    const random = new SeededRandom(20)
    const word = new Uint32Array(1)
    for (let round = 0; round < ROUNDS; round++) {
        for (const name of ["report.json", "report.svg"]) writeFileSync(out(name), "before")
        random.fill(new Uint8Array(word.buffer))
        const limit = round === 0 ? 0 : word[0]! % largest
        const { code, stderr } = await bash(
            `prlimit --fsize=${limit} "${process.execPath}" "${cli}" ${SIM.slice(10)} ${args} > /dev/null`,
        )
        expect({ limit, code, stderr }).toEqual({
            limit,
            code: 2,
            stderr: expect.stringMatching(
                /^heapscope: .* cannot be written: EFBIG: file too large\n$/,
            ),
        })
        for (const [i, name] of ["report.json", "report.svg"].entries())
            expect(["before", expect.stringContaining(whole[i]!.slice(0, 40))]).toContainEqual(
                readFileSync(out(name), "utf8"),
            )
        for (const name of ["log", "record"])
            if (existsSync(out(name))) expect(readFileSync(out(name), "utf8")).toMatch(/^$|\n$/)
        expect(readdirSync(join(folder, "out")).filter(name => name.startsWith("."))).toEqual([])
    }
}, 300_000)

test("killed at any moment, a report is whole or as it was", async () => {
    const line = ["sim", "program.devs", "--for", "2s", "--quiet", "--out", "out/killed.json"]
    const random = new SeededRandom(21)
    const byte = new Uint8Array(1)
    writeFileSync(out("killed.json"), "before")
    for (let round = 0; round < ROUNDS; round++) {
        const child = spawn(process.execPath, [cli, ...line], { cwd: folder, stdio: "ignore" })
        random.fill(byte)
        await sleep(byte[0]! * 2)
        child.kill("SIGKILL")
        if (child.exitCode === null && child.signalCode === null) await once(child, "exit")
        const text = readFileSync(out("killed.json"), "utf8")
        if (text !== "before") expect(JSON.parse(text)).toHaveProperty("schema")
    }
}, 300_000)

test("not built, as after an install with --ignore-scripts, it says so", async () => {
    mkdirSync(join(folder, "host/cli/start"), { recursive: true })
    const command = "host/cli/start/heapscope.cjs"
    copyFileSync(join(packageRoot(), command), join(folder, command))
    const { code, stderr } = await bash(`"${process.execPath}" ${command} sim`)
    expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(
            /^heapscope: it is not built, .* run "npm run prepare" in .*\n$/,
        ) as string,
    })
})
