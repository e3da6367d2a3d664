import { ESPLoader } from "tasmota-webserial-esptool"
import { beforeAll, describe, expect, test } from "vitest"
import { code } from "../host/boards/images/make-firmware"
import { SimulatedDevice } from "../host/link/flash/simulated-device"

const quiet = { log: () => undefined, error: () => undefined, debug: () => undefined }

// That client asks which system's browser it runs in.
beforeAll(() => {
    globalThis.navigator ??= { userAgent: "" } as Navigator
})

describe("a client of others' making", () => {
    test.each([["esp32c3", "ESP32-C3"] as const, ["esp32s2", "ESP32-S2"] as const])(
        "takes the boot ROM of an %s for one: finds the chip, loads its loader, writes, reads back",
        async (archId, name) => {
            const device = new SimulatedDevice({ archId })
            device.board.resetByHand({ boot: true })
            await device.open({ baudRate: 115_200 })
            const rom = new ESPLoader(device as unknown as SerialPort, quiet)
            await rom.initialize()
            expect(rom.chipName).toBe(name)
            const stub = await rom.runStub()
            expect(stub.IS_STUB).toBe(true)
            expect(stub.flashSize).toBe("4MB")
            const firmware = code(20_000)
            const parts: number[] = []
            await stub.flashData(
                firmware.slice().buffer,
                written => void parts.push(written),
                0x10000,
                true,
            )
            expect(parts.length).toBeGreaterThan(0)
            const there = device.flash.bytes.subarray(0x10000, 0x10000 + firmware.length)
            expect(Buffer.compare(there, firmware)).toBe(0)
            const read = await stub.readFlash(0x10000, 8192)
            expect(Buffer.compare(read, firmware.subarray(0, 8192))).toBe(0)
        },
    )
})
