import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BootRom } from "../../../../host/simulator/emulated/boot-rom"
import { FlashChip } from "../../../../host/simulator/emulated/flash-chip"
import type { RomCall } from "../../../../host/simulator/emulated/rom-functions"

const rom = new BootRom()
const view = new DataView(rom.bytes.buffer)
const SIZE = 0x4000

/** A chip of which all but the ROM is left out: memory behind it, a flash, registers. */
function chip() {
    const bytes = new Uint8Array(2 * SIZE)
    bytes.set(rom.bytes)
    const memory = new DataView(bytes.buffer)
    const flashBytes = new Uint8Array(8192).fill(0xff)
    const flash = new FlashChip(flashBytes, 8192, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8))
    const told: object[] = []
    const call: RomCall = {
        registers: new Uint32Array(16),
        memory: {
            readUint8: at => memory.getUint8(at),
            readUint16: at => memory.getUint16(at, true),
            writeUint8: (at, value) => memory.setUint8(at, value),
            writeUint32: (at, value) => memory.setUint32(at, value, true),
        },
        flash,
        flags: flags => void told.push(flags),
        bootMode: () => void told.push({ bootMode: true }),
    }
    /** Runs a function as firmware does: by the breakpoint at its address. */
    const run = (address: number, ...registers: number[]): Uint32Array => {
        expect(address & 1).toBe(1)
        const code = view.getUint16(address & ~1, true)
        expect([code & 0xff00, view.getUint16((address & ~1) + 2, true)]).toEqual([0xbe00, 0x4770])
        call.registers.set(registers)
        expect(rom.at(code & 0xff)!(call)).toBeGreaterThanOrEqual(0)
        return call.registers
    }
    return { run, bytes, flash, flashBytes, told }
}

/** Looks a name up as the SDK does: in the table of functions (0x14) or of data (0x16). */
function find(name: string, table: 0x14 | 0x16 = 0x14): number {
    const code = name.charCodeAt(0) | (name.charCodeAt(1) << 8)
    return chip().run(view.getUint16(0x18, true), view.getUint16(table, true), code)[0]!
}

test("the ROM says what it is, and a name that it does not have is 0", () => {
    expect([...rom.bytes.subarray(0x10, 0x14)]).toEqual([0x4d, 0x75, 1, 3])
    expect(find("ZZ")).toBe(0)
})

test("bits are counted, turned round and found as in JavaScript", () => {
    const { run } = chip()
    fc.assert(
        fc.property(fc.integer({ min: 0, max: 0xffffffff }), x => {
            const bits = x.toString(2).padStart(32, "0")
            expect(run(find("P3"), x)[0]).toBe(bits.replaceAll("0", "").length)
            expect(run(find("R3"), x)[0]).toBe(Number.parseInt([...bits].reverse().join(""), 2))
            expect(run(find("L3"), x)[0]).toBe(bits.indexOf("1") < 0 ? 32 : bits.indexOf("1"))
            expect(run(find("T3"), x)[0]).toBe(bits.includes("1") ? 31 - bits.lastIndexOf("1") : 32)
        }),
        { numRuns: 50 },
    )
})

test("memory is filled and copied", () => {
    const { run, bytes } = chip()
    run(find("MS"), SIZE + 8, 7, 5)
    run(find("MC"), SIZE + 21, SIZE + 8, 5)
    expect([...bytes.subarray(SIZE + 6, SIZE + 14)]).toEqual([0, 0, 7, 7, 7, 7, 7, 0])
    expect([...bytes.subarray(SIZE + 20, SIZE + 27)]).toEqual([0, 7, 7, 7, 7, 7, 0])
})

test("flash is erased and programmed, ones to zeros alone, and says who it is", () => {
    const { run, bytes, flash, flashBytes } = chip()
    bytes.fill(0x0f, SIZE, SIZE + 256)
    run(find("RP"), 4096, SIZE, 256)
    bytes.fill(0xf1, SIZE, SIZE + 256)
    run(find("RP"), 4096, SIZE, 256)
    expect(new Set(flashBytes.subarray(4096, 4352))).toEqual(new Set([1]))
    run(find("RE"), 4096, 4096)
    expect(new Set(flashBytes)).toEqual(new Set([0xff]))
    flash.select(true)
    const answer = [0x4b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0].map(byte => {
        flash.send(byte)
        return flash.receive()
    })
    expect(answer.slice(5)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test("the boot mode is asked for", () => {
    const { run, told } = chip()
    run(find("UB"), 0, 0)
    expect(told).toEqual([{ bootMode: true }])
})

describe("arithmetic", () => {
    const scratch = new DataView(new ArrayBuffer(8))
    const kinds = {
        SF: {
            words: (x: number) => {
                scratch.setFloat32(0, x)
                return [scratch.getUint32(0)]
            },
            number: (r: Uint32Array) => {
                scratch.setUint32(0, r[0]!)
                return scratch.getFloat32(0)
            },
            round: Math.fround,
        },
        SD: {
            words: (x: number) => {
                scratch.setFloat64(0, x)
                return [scratch.getUint32(4), scratch.getUint32(0)]
            },
            number: (r: Uint32Array) => {
                scratch.setUint32(4, r[0]!)
                scratch.setUint32(0, r[1]!)
                return scratch.getFloat64(0)
            },
            round: (x: number) => x,
        },
    }
    test.each(["SF", "SD"] as const)("%s", name => {
        const { words, number, round } = kinds[name]
        const { run, told } = chip()
        const table = find(name, 0x16)
        expect(view.getUint8(table - 2)).toBe(32)
        const at = (offset: number) => view.getUint32(table + offset, true)
        const value = fc.double({ noNaN: true, min: -1e6, max: 1e6 }).map(x => round(x) + 0)
        fc.assert(
            fc.property(value, value, (x, y) => {
                const both = [...words(x), ...words(y)]
                const plain = [x + y, x - y, x * y, x / y]
                plain.forEach((result, i) =>
                    expect(number(run(at(4 * i), ...both))).toBe(round(result)),
                )
                expect((run(at(0x10), ...both)[0]! | 0) + 0).toBe(Math.sign(x - y) + 0)
                run(at(0x14), ...both)
                expect(told.at(-1)).toMatchObject({ zero: x === y, negative: x < y, carry: x >= y })
                expect(number(run(at(0x18), ...words(Math.abs(x))))).toBe(
                    round(Math.sqrt(Math.abs(x))),
                )
                expect(run(at(0x1c), ...words(x))[0]! | 0).toBe(Math.floor(x))
                expect(run(at(0x24), ...words(x))[0]).toBe(Math.max(0, Math.floor(x)))
                expect(run(at(0x20), ...words(x), 8)[0]! | 0).toBe(Math.floor(x * 256))
                const n = Math.floor(x)
                expect(number(run(at(0x2c), n))).toBe(round(n))
                expect(number(run(at(0x30), n, 4))).toBe(round(n / 16))
                expect(number(run(at(0x34), n >>> 0))).toBe(round(n >>> 0))
                const low = run(at(0x6c), ...words(x))
                expect(BigInt.asIntN(64, (BigInt(low[1]!) << 32n) | BigInt(low[0]!))).toBe(
                    BigInt(n),
                )
                const wide = BigInt.asUintN(64, BigInt(n))
                expect(number(run(at(0x5c), Number(wide & 0xffffffffn), Number(wide >> 32n)))).toBe(
                    round(n),
                )
            }),
            { numRuns: 50 },
        )
        expect(run(at(0x1c), ...words(1e30))[0]).toBe(0x7fffffff)
        expect(run(at(0x24), ...words(-1))[0]).toBe(0)
        const angle = round(0.5)
        expect(number(run(at(0x48), ...words(angle)))).toBe(round(Math.sin(angle)))
        expect(number(run(at(0x3c), ...words(angle)))).toBe(round(Math.cos(angle)))
        expect(number(run(at(0x58), ...words(angle), ...words(angle)))).toBe(round(Math.PI / 4))
    })
})
