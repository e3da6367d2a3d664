import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { prepareFirmware } from "../../../host/boards/images/prepare-firmware"
import { boot2Checksum } from "../../../host/boards/images/rp2040-boot"
import { flashOf, readUf2 } from "../../../host/boards/images/uf2"
import { uf2File } from "../../../host/boards/images/uf2-blocks"
import { loadEmulator } from "../../../host/simulator/node/load-emulator"
import { EmulatedBoard } from "../../../host/simulator/served/emulated-board"
import { pagesOf } from "../../host/boards/images/make-firmware"

const board = findBoard("pico")
const { image } = board.firmware

/** Compiles the firmware with Debian's compiler for Arm, its checksum put in, as a UF2 file. */
function firmware(): Uint8Array {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-firmware-"))
    try {
        const elf = join(folder, "firmware.elf")
        const bin = join(folder, "firmware.bin")
        execFileSync("arm-none-eabi-gcc", [
            ...[
                "-mcpu=cortex-m0plus",
                "-mthumb",
                "-Os",
                "-ffreestanding",
                "-fno-builtin",
                "-Wno-array-bounds",
            ],
            ...["-Wall", "-Werror", "-nostdlib", "-Wl,--build-id=none", "-Wl,-e,stage2"],
            ...[
                "-Wl,--section-start=.stage2=0x10000000",
                "-Wl,--section-start=.vectors=0x10000100",
            ],
            ...["-Wl,-Ttext=0x10000200", "-o", elf, join(import.meta.dirname, "firmware.c")],
        ])
        execFileSync("arm-none-eabi-objcopy", ["-O", "binary", elf, bin])
        const bytes = new Uint8Array(readFileSync(bin))
        new DataView(bytes.buffer).setUint32(252, boot2Checksum(bytes), true)
        return uf2File(pagesOf(bytes, image.offset), image.target)
    } finally {
        rmSync(folder, { recursive: true })
    }
}

test("a firmware that was never seen here finds all that a chip has", async () => {
    const { file } = await prepareFirmware(firmware(), { name: "firmware", board, erase: false })
    const { offset: origin, target } = image
    const pages = readUf2(file, "firmware", target)
    const flash = flashOf(pages, { origin, flashBytes: board.flashBytes })
    const notices: string[] = []
    const emulated = new EmulatedBoard(loadEmulator(), {
        ...{ flash, heapBytes: 1024, seed: 7, onNotice: text => void notices.push(text) },
    })
    emulated.pass(150)
    const heap = emulated.heap()!
    const result = (index: number) => heap.memory.words[0x1000 / 4 + index]!
    expect(notices).toEqual([])
    expect(result(0)).toBe(8)
    // 1.5 + 2.25.
    expect(result(1)).toBe(0x40700000)
    expect([0, 0xffffffff]).not.toContain(result(2))
    expect(result(4)).not.toBe(0)
    // A Pico, not a Pico W: more than 3,264 of 65,536.
    expect(result(6) << 4).toBeGreaterThan(3264)
    // Nobody answers on the bus, and the firmware goes on.
    expect(result(7)).toBe(1)
    // Written before the reset that it asked for, and still there.
    expect(result(8)).toBe(0x600df1a5)
    expect(heap.figures).toMatchObject({ capacityBytes: 1012, usedBytes: 16, freeBytes: 996 })
})
