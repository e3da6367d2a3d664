import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { prepareUf2Firmware } from "../../../../host/boards/images/uf2-firmware"
import { findBoard } from "../../../../host/boards/node/find-board"
import type { BootVolume } from "../../../../host/link/flash/boot-volume"
import { findBootVolumes, mountsOf } from "../../../../host/link/node/boot-volumes"
import { copyUf2 } from "../../../../host/link/node/copy-uf2"
import { rp2040Uf2 } from "../../boards/images/make-firmware"

const board = findBoard("pico")
const firmware = prepareUf2Firmware(rp2040Uf2(100_000), { name: "fw", board, erase: false })
let folder: string
let volume: BootVolume

beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-drive-"))
    writeFileSync(join(folder, "INFO_UF2.TXT"), "UF2 Bootloader v3.0\nBoard-ID: RPI-RP2\n")
    volume = findBootVolumes([tmpdir(), folder])[0]!
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("interrupted, it says how much the board has, and what to do", async () => {
    const controller = new AbortController()
    const copying = copyUf2(volume, {
        ...{ board, firmware, signal: controller.signal },
        onProgress: part => part > 0.4 && controller.abort(new Error("interrupted")),
    })
    await expect(copying).rejects.toThrow(
        /broke off: it was interrupted. 4\d.* was written: it has no whole firmware now.*Hold BOOTSEL/,
    )
    expect(statSync(join(folder, "firmware.uf2")).size).toBeLessThan(firmware.file.length)
})

test.skipIf(!existsSync("/dev/full"))(
    "a drive that takes nothing: nothing was written",
    async () => {
        symlinkSync("/dev/full", join(folder, "firmware.uf2"))
        await expect(copyUf2(volume, { board, firmware })).rejects.toThrow(
            /broke off: it is full. Nothing was written: the board is as it was/,
        )
    },
)

test("a board that does not leave its drive has not taken the file", async () => {
    await expect(copyUf2(volume, { board, firmware, restartMs: 60 })).rejects.toThrow(
        /does not leave it: its boot ROM did not take the file/,
    )
})

test("drives are found where Linux has mounted them, whatever their names", () => {
    const mounts = [
        "proc /proc proc rw 0 0",
        "/dev/sda1 /media/me/RPI-RP2 vfat rw 0 0",
        "/dev/sdb1 /media/me/My\\040drive vfat rw 0 0",
    ]
    expect(mountsOf(mounts.join("\n"))).toEqual(["/media/me/RPI-RP2", "/media/me/My drive"])
})
