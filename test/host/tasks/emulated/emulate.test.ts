import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { findBoard } from "../../../../host/boards/node/find-board"
import { emulate } from "../../../../host/tasks/emulated/emulate"
import { rp2040Uf2 } from "../../boards/images/make-firmware"

const folder = mkdtempSync(join(tmpdir(), "heapscope-emulate-"))
afterAll(() => rmSync(folder, { recursive: true }))
const pico = findBoard("pico")

function start(file: Uint8Array, board = pico) {
    writeFileSync(join(folder, "f.uf2"), file)
    return emulate({ file: "f.uf2", cwd: folder, board, seed: 1, notify: () => undefined })
}

test("a file that no board is flashed with is refused in the same words", async () => {
    const whole = rp2040Uf2()
    const refused = (message: RegExp) => ({
        code: "E_FIRMWARE",
        message: expect.stringMatching(message) as string,
    })
    await expect(start(whole.subarray(0, 500))).rejects.toMatchObject(
        refused(/^f\.uf2 is not written to any board: .* blocks of 512 bytes/),
    )
    const damaged = whole.slice()
    damaged[40]! ^= 1
    await expect(start(damaged)).rejects.toMatchObject(refused(/wrong checksum/))
})

test("a board that cannot be emulated is refused", async () => {
    for (const id of ["pico_w", "esp32s2_bare"])
        await expect(start(rp2040Uf2(), findBoard(id))).rejects.toThrow(
            /--emulator runs .* no radio/,
        )
})
