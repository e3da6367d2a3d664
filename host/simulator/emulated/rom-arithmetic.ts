import type { RomFunction } from "./rom-functions"

/** Numbers of the chip's arithmetic, as functions of its boot ROM find them in the registers. */
interface Kind {
    /** Registers that a number takes. */
    words: 1 | 2
    /** About what a function takes, in cycles (RP2040 datasheet, sections 2.8.3.2.2 and 2.8.3.2.3). */
    cycles: { plain: number; root: number; curve: number }
    read(registers: Uint32Array, index: number): number
    write(registers: Uint32Array, index: number, value: number): void
}

const scratch = new DataView(new ArrayBuffer(8))

const FLOAT: Kind = {
    words: 1,
    cycles: { plain: 70, root: 63, curve: 580 },
    read: (registers, index) => {
        scratch.setUint32(0, registers[index]!)
        return scratch.getFloat32(0)
    },
    write: (registers, index, value) => {
        scratch.setFloat32(0, value)
        registers[index] = scratch.getUint32(0)
    },
}

const DOUBLE: Kind = {
    words: 2,
    cycles: { plain: 140, root: 170, curve: 1700 },
    read: (registers, index) => {
        scratch.setUint32(4, registers[2 * index]!)
        scratch.setUint32(0, registers[2 * index + 1]!)
        return scratch.getFloat64(0)
    },
    write: (registers, index, value) => {
        scratch.setFloat64(0, value)
        registers[2 * index] = scratch.getUint32(4)
        registers[2 * index + 1] = scratch.getUint32(0)
    },
}

/** In the order of the tables that `SF` and `SD` lead to; both have the same. */
export const FLOAT_FUNCTIONS = functionsOf(FLOAT, DOUBLE)
export const DOUBLE_FUNCTIONS = functionsOf(DOUBLE, FLOAT)

function functionsOf(kind: Kind, other: Kind): readonly RomFunction[] {
    const { words, cycles, read, write } = kind
    const one =
        (cost: number, f: (x: number) => number): RomFunction =>
        ({ registers: r }) => {
            write(r, 0, f(read(r, 0)))
            return cost
        }
    const two =
        (cost: number, f: (x: number, y: number) => number): RomFunction =>
        call => {
            const { registers: r } = call
            write(r, 0, f(read(r, 0), read(r, 1)))
            return cost
        }
    const plain = cycles.plain
    /** A number from an integer of one or two words, with `bits` of a fraction behind it. */
    const from =
        (size: 1 | 2, signed: boolean, isFixed: boolean): RomFunction =>
        call => {
            const { registers: r } = call
            write(r, 0, integerIn(r, size, signed) * 2 ** -(isFixed ? r[size]! | 0 : 0))
            return plain
        }
    /** The other way round: rounded down, and held to what the integer can be. */
    const to =
        (size: 1 | 2, signed: boolean, isFixed: boolean): RomFunction =>
        call => {
            const { registers: r } = call
            putInteger(r, size, signed, read(r, 0) * 2 ** (isFixed ? r[words]! | 0 : 0))
            return plain
        }
    const sineAndCosine: RomFunction = ({ registers: r }) => {
        const angle = read(r, 0)
        write(r, 0, Math.sin(angle))
        write(r, 1, Math.cos(angle))
        return cycles.curve
    }
    const compare: RomFunction = ({ registers: r }) => {
        r[0] = Math.sign(read(r, 0) - read(r, 1))
        return plain
    }
    const compareFlags: RomFunction = ({ registers: r, flags }) => {
        const [x, y] = [read(r, 0), read(r, 1)]
        flags({ negative: x < y, zero: x === y, carry: x >= y, overflow: false })
        return plain
    }
    const convert: RomFunction = ({ registers: r }) => {
        other.write(r, 0, read(r, 0))
        return plain
    }
    return [
        ...[two(plain, (x, y) => x + y), two(plain, (x, y) => x - y)],
        ...[two(plain, (x, y) => x * y), two(plain, (x, y) => x / y)],
        ...[compare, compareFlags, one(cycles.root, Math.sqrt)],
        ...[to(1, true, false), to(1, true, true), to(1, false, false), to(1, false, true)],
        ...[from(1, true, false), from(1, true, true), from(1, false, false), from(1, false, true)],
        // The sine of a float comes with its cosine: the SDK's `sincosf` takes both.
        one(cycles.curve, Math.cos),
        ...[words === 1 ? sineAndCosine : one(cycles.curve, Math.sin), one(cycles.curve, Math.tan)],
        ...[sineAndCosine, one(cycles.curve, Math.exp), one(cycles.curve, Math.log)],
        ...[compare, two(cycles.curve, Math.atan2)],
        ...[from(2, true, false), from(2, true, true), from(2, false, false), from(2, false, true)],
        ...[to(2, true, false), to(2, true, true), to(2, false, false), to(2, false, true)],
        convert,
    ]
}

function integerIn(registers: Uint32Array, size: 1 | 2, signed: boolean): number {
    const high = registers[size - 1]!
    return (
        (signed ? high | 0 : high) * (size === 2 ? 2 ** 32 : 1) + (size === 2 ? registers[0]! : 0)
    )
}

function putInteger(registers: Uint32Array, size: 1 | 2, signed: boolean, value: number): void {
    const bits = BigInt(32 * size - (signed ? 1 : 0))
    const least = signed ? -(1n << bits) : 0n
    const most = (1n << bits) - 1n
    const down = Number.isNaN(value)
        ? 0n
        : Number.isFinite(value)
          ? BigInt(Math.floor(value))
          : value < 0
            ? least
            : most
    const held = down < least ? least : down > most ? most : down
    registers[0] = Number(BigInt.asUintN(32, held))
    if (size === 2) registers[1] = Number(BigInt.asUintN(32, held >> 32n))
}
