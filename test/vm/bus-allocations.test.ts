import { expect, it } from "vitest"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { makeWorld } from "../../host/simulator/world/world"
import { findBoard } from "../../host/boards/node/find-board"
import { printed, runProgram } from "./harness"

// The firmware's own functions (`impl_dsi2c.c`, `impl_dsspi.c`, `impl_ledstrip.c`) find the bytes of
// their arguments where they lie, and take nothing from the heap: each second has a hundred transfers.
// Only what `impl_image.c` makes of an image needs a block: its state of 16 bytes, two for each of 16
// colours, a buffer of 1,024, and the header of every block.
const IMAGE_BLOCK = 4 + 16 + 2 * 16 + 1024

it("a transfer over I2C, SPI or to a strip of LEDs allocates what the firmware does", async () => {
    const libraries = loadWorldLibraries()
    const bytesBySecond = new Map<number, number>()
    let nowMs = () => 0
    const { report } = await runProgram("test/vm/programs/drivers/bare-transfers.ts", {
        board: findBoard("seeed_xiao_esp32c3"),
        forMs: 6_500,
        makeWorld: seed => {
            const world = makeWorld({ mode: "made-up", seed, libraries })
            nowMs = () => world.door.arrivals.clock.nowMs
            return world
        },
        observers: [
            (_words, _ctx, _tag, bytes) => {
                const second = Math.floor(nowMs() / 1000)
                bytesBySecond.set(second, (bytesBySecond.get(second) ?? 0) + bytes)
            },
        ],
    })
    expect(printed(report.log)).toEqual(["done"])
    expect(report.world?.addresses).toEqual([
        expect.objectContaining({ address: 0x44, transfers: 200 }),
    ])
    expect(report.world?.ledStrips?.length).toBe(1)
    bytesBySecond.delete(0)
    bytesBySecond.delete(6)
    expect([...bytesBySecond]).toEqual([[5, 10 * IMAGE_BLOCK]])
})
