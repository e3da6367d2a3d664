import { once } from "node:events"
import { createServer, type Server } from "node:http"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { readUf2 } from "../../host/boards/images/uf2"
import type { FlashReport } from "../../host/documents/boards/flash-report"
import { espFlash, rp2040Uf2 } from "../host/boards/images/make-firmware"
import { serveChip } from "../vm/link/chip-rig"
import { enduringPty } from "../vm/link/pty"
import { serve } from "../vm/link/rig"
import { heapscopeHere, type Ended } from "./command"

const program = "test/vm/programs/counting.ts"
const INFO = "UF2 Bootloader v3.0\nModel: Raspberry Pi RP2\nBoard-ID: RPI-RP2\n"
let folder: string
let drive: string
let uf2: string
let bin: string
const closing: (() => unknown)[] = []

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-flash-"))
    uf2 = join(folder, "fw.uf2")
    bin = join(folder, "devicescript-esp32c3-esp32c3_bare-0x0.bin")
    writeFileSync(uf2, rp2040Uf2())
    writeFileSync(bin, espFlash(findBoard("esp32c3_bare")))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
})

/** The drive of a Pico whose BOOTSEL button is held. It goes when it has taken a whole file, as the boot ROM does. */
function plugInDrive(takes = true): void {
    drive = mkdtempSync(join(folder, "drive-"))
    writeFileSync(join(drive, "INFO_UF2.TXT"), INFO)
    if (!takes) return
    const timer = setInterval(() => {
        try {
            readUf2(readFileSync(join(drive, "firmware.uf2")), "copied", 0xe48bff56)
            rmSync(join(drive, "INFO_UF2.TXT"))
            clearInterval(timer)
        } catch {
            // Not all of it is there.
        }
    }, 20)
    closing.push(() => clearInterval(timer))
}

function flash(...args: string[]): Promise<Ended> {
    return heapscopeHere(["flash", "--quiet", "--wait", "10s", ...args])
}

function reportOf({ stdout }: Ended): FlashReport {
    return JSON.parse(stdout) as FlashReport
}

describe("an RP2040, by its drive", () => {
    test("out of the box: flashed, up on the bus, a program deployed to it", async () => {
        plugInDrive()
        const board = await serve("live-timers")
        closing.push(() => board.close())
        const at = [
            "--board",
            "pico",
            "--firmware",
            uf2,
            "--volume",
            drive,
            "--port",
            board.address,
        ]
        const ended = await flash(...at, "--json")
        expect(ended).toMatchObject({ code: 0, stderr: "" })
        expect(reportOf(ended)).toMatchObject({
            ...{ schema: "heapscope/flash@1", storage: "kept", dryRun: false },
            target: { kind: "drive", path: drive, boardId: "RPI-RP2" },
            firmware: { format: "uf2", configuration: "put in" },
            cameUp: { board: "pico", port: board.address },
        })
        const next = await heapscopeHere(["deploy", program, "--port", board.address, "--json"])
        expect(JSON.parse(next.stdout)).toMatchObject({
            changed: true,
            running: true,
            board: "pico",
        })
    })

    test("a dry run says what would be written where, and writes nothing", async () => {
        plugInDrive()
        const { code, stdout } = await flash(
            ...["--board", "pico", "--firmware", uf2, "--volume", drive, "--dry-run", "--erase"],
        )
        expect(code).toBe(0)
        expect(stdout).toMatch(/0x10000000 +firmware, 8,192 B/)
        expect(stdout).toMatch(/0x100dc000 +configuration/)
        expect(stdout).toMatch(/0x100e0000 +erased programs and settings, 131,072 B/)
        expect(stdout).toMatch(/nothing was written\n$/)
        expect(() => readFileSync(join(drive, "firmware.uf2"))).toThrow()
    })

    test("another board than the one that was flashed comes up: exit code 1", async () => {
        plugInDrive()
        const board = await serve("live-timers")
        closing.push(() => board.close())
        const ended = await flash(
            ...["--board", "msr59", "--firmware", uf2, "--volume", drive, "--port", board.address],
        )
        expect(ended.code).toBe(1)
        expect(ended.stdout).toMatch(/and says it is pico/)
        expect(ended.stderr).toMatch(/is not the .*\(msr59\)/)
    })

    test.each<[string, () => string[], RegExp]>([
        [
            "no drive",
            () => ["--board", "pico", "--firmware", uf2, "--volume", folder, "--wait", "0s"],
            /is not the drive of a board.*Hold BOOTSEL/,
        ],
        [
            "an ESP32 at a drive",
            () => ["--board", "esp32c3", "--volume", folder],
            /is none: name its --port/,
        ],
        [
            "a file that is none",
            () => ["--board", "pico", "--firmware", "/none.uf2"],
            /cannot be read/,
        ],
        [
            "for another chip",
            () => ["--board", "pico", "--firmware", bin],
            /is an image for an ESP32/,
        ],
        ["no such board", () => ["--board", "pcio"], /no board "pcio"/],
        [
            "no network",
            () => ["--board", "pico", "--firmware", "http://127.0.0.1:1/fw.uf2"],
            /cannot be downloaded/,
        ],
    ])("%s: one message and exit code 2", async (_, args, message) => {
        const { code, stdout, stderr } = await flash(...args())
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
        expect(stderr).toMatch(message)
        expect(stderr.trimEnd().split("\n").length).toBeLessThan(3)
    })

    test("another chip's drive is not written to", async () => {
        plugInDrive(false)
        writeFileSync(join(drive, "INFO_UF2.TXT"), INFO.replaceAll("RPI-RP2", "RP2350"))
        const { code, stderr } = await flash(
            ...["--board", "pico", "--firmware", uf2, "--volume", drive],
        )
        expect(code).toBe(2)
        expect(stderr).toMatch(/of another chip \(RP2350\).*Nothing was written/)
    })

    test("a board of the project's own, its firmware from the address that it names", async () => {
        plugInDrive()
        const server: Server = createServer((request, response) => {
            if (request.url === "/fw.uf2") response.end(readFileSync(uf2))
            else response.writeHead(404).end()
        }).listen(0, "127.0.0.1")
        await once(server, "listening")
        closing.push(() => server.close())
        const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
        const project = join(folder, "project")
        mkdirSync(join(project, "boards"), { recursive: true })
        writeFileSync(join(project, "devsconfig.json"), "{}")
        const mine = {
            devName: "Mine",
            productId: "0x3fabcdef",
            archId: "rp2040",
            $fwUrl: `${url}/fw.uf2`,
        }
        writeFileSync(join(project, "boards/mine.board.json"), JSON.stringify(mine))
        const args = ["flash", "--volume", drive, "--no-confirm", "--json"]
        const ended = await heapscopeHere([...args, "--board", "mine"], { cwd: project })
        expect(ended).toMatchObject({ code: 0, stderr: "" })
        expect(reportOf(ended)).toMatchObject({
            firmware: { from: `${url}/fw.uf2`, configuration: "put in" },
            cameUp: null,
        })
        const missing = await flash("--board", "pico", "--firmware", `${url}/none.uf2`, "--json")
        expect(missing.code).toBe(2)
        expect(JSON.parse(missing.stdout)).toMatchObject({ error: { code: "E_DOWNLOAD" } })
    })
})

describe("an ESP32, through its boot ROM", () => {
    test("out of the box, at a pty: flashed, verified, up on the bus, a program deployed to it and watched", async () => {
        const chip = await serveChip("esp32c3_bare")
        closing.push(() => chip.close())
        const cable = await enduringPty(chip.port)
        closing.push(() => cable.close())
        const at = ["--board", "esp32c3_bare", "--port", cable.path]
        const ended = await flash(...at, "--firmware", bin, "--json")
        expect(ended.stderr).toMatch(/has its firmware. Press RESET/)
        expect(ended.code).toBe(0)
        expect(reportOf(ended)).toMatchObject({
            target: { kind: "port", path: cable.path, chip: "ESP32-C3", flashBytes: 4 << 20 },
            verified: true,
            cameUp: { board: "esp32c3_bare", port: cable.path },
        })
        const next = await heapscopeHere(["deploy", program, "--port", cable.path, "--json"])
        expect(JSON.parse(next.stdout)).toMatchObject({
            ...{ changed: true, running: true, board: "esp32c3_bare" },
        })
        const doctor = await heapscopeHere(["doctor", "--port", cable.path, "--quiet"])
        expect(doctor.stdout).toMatch(/\(esp32c3_bare\)/)
    })

    test("not in its boot mode, at a port without lines: told how to enter it", async () => {
        const chip = await serveChip("esp32c3_bare")
        closing.push(() => chip.close())
        chip.chip.resetByHand()
        const { code, stderr } = await flash(
            ...["--board", "esp32c3_bare", "--port", chip.address, "--firmware", bin],
        )
        expect(code).toBe(2)
        expect(stderr).toMatch(/No boot ROM answers at tcp:.*Nothing was written.*hold BOOT/)
    })
})
