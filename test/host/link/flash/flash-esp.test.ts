import { describe, expect, test } from "vitest"
import { UserError } from "../../../../host/base/errors"
import { prepareFirmware } from "../../../../host/boards/images/prepare-firmware"
import { findBoard } from "../../../../host/boards/node/find-board"
import { flashEsp, type EspStep } from "../../../../host/link/flash/flash-esp"
import { code, espFlash } from "../../boards/images/make-firmware"
import { SimulatedDevice, type SimulatedDeviceOptions } from "./simulated-device"

const BRIDGE = { usbVendorId: 0x10c4, usbProductId: 0xea60 }
const ROM_OF_S2 = { usbVendorId: 0x303a, usbProductId: 0x0002 }

async function setUp(
    id: string,
    options: Partial<SimulatedDeviceOptions> & { erase?: boolean } = {},
) {
    const board = findBoard(id)
    const { erase = false, ...more } = options
    const firmware = await prepareFirmware(espFlash(board), { name: "fw", board, erase })
    const modes: string[] = []
    const device = new SimulatedDevice({
        archId: board.archId,
        onReset: mode => modes.push(mode),
        ...more,
    })
    // What was on it before.
    device.flash.write(0x1c0000, code(5000))
    const steps: EspStep[] = []
    const flash = () =>
        flashEsp(device, {
            ...{ board, firmware, address: "/dev/board" },
            onProgress: step => steps.at(-1) !== step && steps.push(step),
        })
    return { board, firmware, device, modes, steps, flash }
}

async function refusal(flashing: Promise<unknown>): Promise<UserError> {
    const error: unknown = await flashing.catch((refused: unknown) => refused)
    expect(error).toBeInstanceOf(UserError)
    return error as UserError
}

describe("flashing an ESP32 through its boot ROM", () => {
    test.each<[string, Partial<SimulatedDeviceOptions>, boolean]>([
        ["esp32c3", {}, true],
        ["esp32", { usb: BRIDGE }, true],
        ["esp32s2", { usb: ROM_OF_S2 }, false],
        ["esp32s3", {}, false],
    ])("%s: verified, settings kept, restarted where its lines can", async (id, more, restarts) => {
        const { board, firmware, device, modes, steps, flash } = await setUp(id, more)
        if (!restarts) device.board.resetByHand({ boot: true })
        const flashed = await flash()
        expect(flashed).toEqual({
            ...{ chip: id.toUpperCase().replace(/(ESP32)(.)/, "$1-$2") },
            ...{ flashBytes: 4 << 20, verified: true, restarted: restarts },
        })
        const { address, file } = firmware
        const there = device.flash.bytes.subarray(address, address + file.length)
        expect(Buffer.compare(there, file)).toBe(0)
        expect(
            Buffer.compare(device.flash.bytes.subarray(0x1c0000, 0x1c0000 + 5000), code(5000)),
        ).toBe(0)
        expect(steps).toEqual(["connecting", "writing", "verifying", "restarting"])
        expect(modes.at(-1)).toBe(restarts ? "firmware" : "boot ROM")
        // Only behind a bridge the speed is looked at.
        expect(device.board.baud ?? 0).toBe(restarts ? 0 : 115_200)
        expect(new Set(device.bauds)).toEqual(
            new Set(board.chip === "esp32" ? [115_200, 460_800] : [115_200]),
        )
        device.board.resetByHand()
        expect(device.board.mode).toBe("firmware")
    })

    test("erased first, if that is wanted", async () => {
        const { device, steps, flash } = await setUp("esp32c3", { erase: true })
        await flash()
        expect(steps).toEqual(["connecting", "erasing", "writing", "verifying", "restarting"])
        expect(device.flash.bytes.subarray(0x1c0000).every(byte => byte === 0xff)).toBe(true)
    })

    test("another chip, or too little flash: nothing is written", async () => {
        const other = await setUp("esp32c3", { archId: "esp32s3" })
        const wrong = await refusal(other.flash())
        expect(wrong.code).toBe("E_BOOT_MODE")
        expect(wrong.message).toMatch(
            /is an ESP32-S3, and a .* has an ESP32-C3. Nothing was written/,
        )
        const small = await setUp("esp32c3", { flashBytes: 1 << 20 })
        const tooSmall = await refusal(small.flash())
        expect(tooSmall.message).toMatch(
            /has 1,048,576 B, and the firmware of a .* needs 2,097,152 B/,
        )
        for (const { device } of [other, small])
            expect(
                device.flash.bytes
                    .subarray(0, 0x1c0000 % device.flash.sizeBytes)
                    .every(byte => byte === 0xff),
            ).toBe(true)
    })

    test("a chip whose firmware has its USB, and whose button is not held", async () => {
        const { device, flash } = await setUp("esp32s2", {
            usb: { usbVendorId: 0x303a, usbProductId: 0x4001 },
        })
        // It resets nothing through its lines.
        device.board.setLines = () => undefined
        const { code: is, message } = await refusal(flash())
        expect(is).toBe("E_BOOT_MODE")
        expect(message).toMatch(/not in its boot mode. Nothing was written. Hold BOOT/)
    })

    test("a cable pulled at any moment: told what the board has, and a second time it works", async () => {
        const whole = await setUp("esp32c3")
        await whole.flash()
        const all = whole.device.sentBytes
        const seen = new Set<string>()
        const shares = process.env.HEAPSCOPE_LONG
            ? [...Array(50).keys()].map(i => (i + 1) / 51)
            : [0.02, 0.8]
        for (const share of shares) {
            const { device, firmware, board, flash } = await setUp("esp32c3", {
                cutAfterBytes: Math.floor(all * share),
            })
            const { code: is, message } = await refusal(flash())
            expect(is).toBe("E_FLASH")
            expect(message).toMatch(/broke off: .*cable pulled/)
            const left =
                /Nothing was written|no whole firmware|not verified|written and verified/.exec(
                    message,
                )![0]
            seen.add(left)
            const { address, file } = firmware
            const has = device.flash.bytes.subarray(address, address + file.length)
            const isThere = Buffer.compare(has, file) === 0
            if (left === "Nothing was written") expect(has.every(byte => byte === 0xff)).toBe(true)
            if (left === "no whole firmware") expect(isThere).toBe(false)
            if (left === "not verified") expect(isThere).toBe(true)
            // Plugged in again.
            const again = new SimulatedDevice({ archId: board.archId })
            again.flash.bytes.set(device.flash.bytes)
            await flashEsp(again, { board, firmware, address: "/dev/board" })
            expect(again.board.mode).toBe("firmware")
        }
        expect(seen).toContain("Nothing was written")
        expect(seen).toContain("no whole firmware")
    })

    test("interrupted, it says what the board has", async () => {
        const { board, firmware, device } = await setUp("esp32c3")
        const controller = new AbortController()
        const flashing = flashEsp(device, {
            ...{ board, firmware, address: "/dev/board", signal: controller.signal },
            onProgress: (step, part) =>
                step === "writing" && part > 0.4 && controller.abort(new Error("x")),
        })
        expect((await refusal(flashing)).message).toMatch(
            /broke off: it was interrupted. \d+.*no whole firmware/,
        )
    })

    test("a dry run writes nothing", async () => {
        const { board, firmware, device } = await setUp("esp32c3")
        const before = device.flash.bytes.slice()
        const looked = await flashEsp(device, {
            board,
            firmware,
            address: "/dev/board",
            dryRun: true,
        })
        expect(looked).toMatchObject({ chip: "ESP32-C3", verified: false })
        expect(Buffer.compare(device.flash.bytes, before)).toBe(0)
    })
})
