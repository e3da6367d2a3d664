import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { findBoard } from "../../host/boards/node/find-board"
import { prepareFirmware } from "../../host/boards/images/prepare-firmware"
import { findCli } from "../../host/compiler/node/cli-package"
import { espFlash, rp2040Uf2 } from "../host/boards/images/make-firmware"

const official = join(dirname(findCli().bundle), "../devicescript")
let folder: string

beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-binpatch-"))
    mkdirSync(join(folder, "dist"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each(["pico", "esp32_devkit_c", "esp32c3_bare"])(
    "our image with the configuration of a %s is the official tool's, byte for byte",
    async id => {
        const board = findBoard(id)
        const { format, ...image } = board.firmware.image
        const bytes = format === "uf2" ? rp2040Uf2() : espFlash(board)
        const arch = {
            ...{ id: board.archId, name: board.chip, pins: { io: "0-60" } },
            ...{ dcfgOffset: image.configurationOffset, fstorOffset: image.storageOffset },
            ...(format === "uf2" ? { uf2Align: 4096 } : { binFlashOffset: image.offset }),
            flashPageSize: 4096,
        }
        writeFileSync(join(folder, "arch.json"), JSON.stringify(arch))
        writeFileSync(join(folder, `${id}.board.json`), JSON.stringify(board.definition))
        writeFileSync(join(folder, `in.${format}`), bytes)
        execFileSync(
            process.execPath,
            [official, "binpatch", `--${format}`, `in.${format}`, `${id}.board.json`],
            { cwd: folder, env: { ...process.env, NO_UPDATE_NOTIFIER: "1" }, stdio: "pipe" },
        )
        const place = format === "uf2" ? "" : `-0x${image.offset.toString(16)}`
        const name = `devicescript-${board.archId}-${id}${place}.${format}`
        const theirs = readFileSync(join(folder, "dist", name))
        const ours = await prepareFirmware(bytes, { name: `in.${format}`, board, erase: false })
        expect(ours.configuration).toBe("put in")
        expect(Buffer.compare(ours.file, theirs)).toBe(0)
    },
)
