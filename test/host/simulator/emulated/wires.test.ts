import type { RP2040 } from "rp2040js"
import { describe, expect, test } from "vitest"
import { wireChip } from "../../../../host/simulator/emulated/wires"
import { loadEmulator } from "../../../../host/simulator/node/load-emulator"
import { loadWorldLibraries } from "../../../../host/simulator/node/load-world-libraries"
import { i2cDeviceCalled } from "../../../../host/simulator/world/hardware/i2c-world"
import { NO_PLAN } from "../../../../host/simulator/world/plan"
import { makeWorld } from "../../../../host/simulator/world/world"

/** Registers of the chip (RP2040 datasheet). */
const I2C = { target: 0x40044004, data: 0x40044010, enable: 0x4004406c, abort: 0x40044080 }
const I2C_PERIOD = { high: 0x4004401c, low: 0x40044020 }
const COMMAND = { read: 1 << 8, stop: 1 << 9, restart: 1 << 10 }
const SPI = { control0: 0x4003c000, control1: 0x4003c004, data: 0x4003c008, divisor: 0x4003c010 }
const SIO = { in: 0xd0000004, set: 0xd0000014, clear: 0xd0000018, outputs: 0xd0000024 }
const FUNCTION = { spi: 1, io: 5 }
const PAD = { input: 1 << 6, up: 1 << 3, down: 1 << 2 }
const CYCLE_NANOS = 8

const plan = {
    ...NO_PLAN,
    i2c: [{ address: 0x44, make: i2cDeviceCalled("SHT30") }],
    pins: new Map([[2, () => (nowMs: number) => Number(nowMs < 100)]]),
}

/** A chip with a world around it, in which time passes when it is told to. */
function wired(isWired = true) {
    const chip: RP2040 = new (loadEmulator().RP2040)()
    const world = makeWorld({ mode: "strict", seed: 1, libraries: loadWorldLibraries(), plan })
    wireChip(chip, isWired ? world.wires : undefined, () => chip.clock.nanos / 1e6)
    const pass = (ms: number) =>
        (chip.clock as unknown as { tick(ns: number): void }).tick(ms * 1e6)
    const setUp = (pin: number, use: number, pad: number) => {
        chip.writeUint32(0x4001c004 + 4 * pin, pad | PAD.input)
        chip.writeUint32(0x40014004 + 8 * pin, use)
    }
    const level = (pin: number) => (chip.readUint32(SIO.in) >>> pin) & 1
    return { chip, world, pass, setUp, level }
}

describe("an emulated chip's I2C bus", () => {
    function transfer({ chip, pass }: ReturnType<typeof wired>, address: number, words: number[]) {
        chip.writeUint32(I2C_PERIOD.high, 125)
        chip.writeUint32(I2C_PERIOD.low, 187)
        chip.writeUint32(I2C.enable, 0)
        chip.writeUint32(I2C.target, address)
        chip.writeUint32(I2C.enable, 1)
        for (const word of words) chip.writeUint32(I2C.data, word)
        pass(10)
        return words.filter(word => word & COMMAND.read).map(() => chip.readUint32(I2C.data) & 0xff)
    }
    const readStatus = [
        ...[0xf3, 0x2d, COMMAND.read | COMMAND.restart],
        ...[COMMAND.read, COMMAND.read | COMMAND.stop],
    ]

    test("speaks to what is there, byte by byte", () => {
        // The status of a SHT30 that has just got its power, of its data sheet, and its checksum (CRC-8, 0x31).
        expect(transfer(wired(), 0x44, readStatus)).toEqual([0x80, 0x10, 0xe1])
    })

    test("takes the time of its bits", () => {
        const board = wired()
        let doneAt = 0
        const [controller] = board.chip.i2c
        const stopped = controller!.onStop
        controller!.onStop = () => {
            doneAt = board.chip.clock.nanos
            stopped()
        }
        transfer(board, 0x44, readStatus)
        // Two addresses and five bytes, of nine bits each.
        expect(doneAt).toBe(7 * 9 * (125 + 187) * CYCLE_NANOS)
    })

    test("acknowledges nothing where nobody is", () => {
        const board = wired()
        transfer(board, 0x50, [0x10 | COMMAND.stop])
        expect(board.chip.readUint32(I2C.abort) & 1).toBe(1)
        expect(board.world.report().unanswered).toEqual(["I2C 0x50"])
    })
})

test("an emulated chip's inputs follow their pulls, and who presses", () => {
    for (const isWired of [false, true]) {
        const { setUp, level } = wired(isWired)
        setUp(3, FUNCTION.io, PAD.up)
        setUp(4, FUNCTION.io, PAD.down)
        expect([level(3), level(4)]).toEqual([1, 0])
    }
    const { setUp, level, pass } = wired()
    setUp(2, FUNCTION.io, PAD.up)
    const before = level(2)
    pass(150)
    expect([before, level(2)]).toEqual([1, 0])
})

test("the world hears what an emulated chip drives", () => {
    const { chip, setUp, world } = wired()
    setUp(25, FUNCTION.io, 0)
    chip.writeUint32(SIO.outputs, 1 << 25)
    chip.writeUint32(SIO.set, 1 << 25)
    chip.writeUint32(SIO.clear, 1 << 25)
    expect(world.report().pins).toEqual([{ pin: 25, use: "output", changes: 3 }])
})

test("what an emulated chip sends over SPI without a pause is one transfer", () => {
    const { chip, setUp, world, pass } = wired()
    setUp(18, FUNCTION.spi, 0)
    setUp(19, FUNCTION.spi, 0)
    chip.writeUint32(SPI.divisor, 2)
    chip.writeUint32(SPI.control0, 7)
    chip.writeUint32(SPI.control1, 2)
    const frame = [0, 0, 0, 0, 0xff, 3, 2, 1, 0xe1, 6, 5, 4, 0, 0, 0, 0]
    for (const byte of frame) {
        chip.writeUint32(SPI.data, byte)
        pass(0.0005)
    }
    pass(1)
    expect(world.strips()).toEqual([{ pin: 19, rgb: Uint8Array.of(1, 2, 3, 4, 5, 6), sent: 1 }])
})
