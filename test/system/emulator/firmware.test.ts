import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { findBoard } from "../../../host/boards/node/find-board"
import { flashOf, readUf2, writeUf2 } from "../../../host/boards/uf2"
import {
    checkSecondStage,
    secondStageChecksum,
} from "../../../host/simulator/emulated/second-stage"
import { loadEmulator } from "../../../host/simulator/node/load-emulator"
import { EmulatedBoard } from "../../../host/simulator/served/emulated-board"

const { image } = findBoard("pico").firmware
const target = {
    ...{ name: "firmware.uf2", familyId: image.target },
    ...{ origin: image.offset, flashBytes: 0x40000 },
}

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
        const sum = secondStageChecksum(bytes.subarray(0, 252))
        new DataView(bytes.buffer).setUint32(252, sum, true)
        return writeUf2([{ address: image.offset, data: bytes }], image.target)
    } finally {
        rmSync(folder, { recursive: true })
    }
}

test("a firmware that was never seen here finds all that a chip has", () => {
    const flash = flashOf(readUf2(firmware(), target), target)
    checkSecondStage(flash, "firmware.uf2")
    const notices: string[] = []
    const board = new EmulatedBoard(loadEmulator(), {
        ...{ flash, heapBytes: 1024, seed: 7, onNotice: text => void notices.push(text) },
    })
    board.pass(150)
    const heap = board.heap()!
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
