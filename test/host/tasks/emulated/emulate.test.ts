import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { findBoard } from "../../../../host/boards/node/find-board"
import { writeUf2 } from "../../../../host/boards/uf2"
import {
    checkSecondStage,
    secondStageChecksum,
} from "../../../../host/simulator/emulated/second-stage"
import { emulate } from "../../../../host/tasks/emulated/emulate"

const folder = mkdtempSync(join(tmpdir(), "heapscope-emulate-"))
afterAll(() => rmSync(folder, { recursive: true }))
const pico = findBoard("pico")
const { offset, target } = pico.firmware.image

function start(file: Uint8Array, board = pico) {
    writeFileSync(join(folder, "f.uf2"), file)
    return emulate({ file: "f.uf2", cwd: folder, board, seed: 1, notify: () => undefined })
}
const stage = new Uint8Array(256)
const whole = writeUf2([{ address: offset, data: stage }], target)

test("the checksum is the one of the chip's boot ROM", () => {
    // The check value that catalogues of checksums give for CRC-32/MPEG-2.
    expect(secondStageChecksum(new TextEncoder().encode("123456789"))).toBe(0x0376e6e7)
})

test("a firmware that the chip would not start is refused", async () => {
    await expect(start(whole)).rejects.toThrow(/f\.uf2 would not start: .* wrong checksum/)
    const right = stage.slice()
    new DataView(right.buffer).setUint32(252, secondStageChecksum(stage.subarray(0, 252)), true)
    expect(() => checkSecondStage(right, "f.uf2")).not.toThrow()
})

test("a damaged file, and a board that cannot be emulated, are refused", async () => {
    await expect(start(whole.subarray(0, 300))).rejects.toThrow(/f\.uf2 is no UF2 file/)
    await expect(start(whole.subarray(0, 500))).rejects.toMatchObject({ code: "E_FIRMWARE_FILE" })
    for (const id of ["pico_w", "esp32s2_bare"])
        await expect(start(whole, findBoard(id))).rejects.toThrow(/--emulator runs .* no radio/)
})
