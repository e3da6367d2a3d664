import { DOUBLE_FUNCTIONS, FLOAT_FUNCTIONS } from "./rom-arithmetic"
import { ROM_FUNCTIONS, type RomFunction } from "./rom-functions"

/** Bytes of the chip's boot ROM, from address 0 on. */
export const ROM_BYTES = 16 * 1024
/** The newest version of the chip's own, which has all functions in its tables (chip B2). */
const VERSION = 3
/** `bkpt #0`, the number in its low byte, and `bx lr`. */
const BKPT = 0xbe00
const BX_LR = 0x4770
/** Where things are: only these three places are fixed. */
const AT = { magic: 0x10, functions: 0x14, data: 0x16, lookup: 0x18 } as const
const STUBS = 0x100

/**
 * A boot ROM of our own, of what the RP2040 datasheet says of the chip's (section 2.8): the tables that
 * firmware looks its functions up in, each function a breakpoint, and what it does in TypeScript.
 */
export class BootRom {
    readonly bytes = new Uint8Array(ROM_BYTES)
    /** By the number of their breakpoint. */
    private readonly functions: RomFunction[] = []
    private readonly view = new DataView(this.bytes.buffer)
    private next = STUBS

    constructor() {
        const { view } = this
        view.setUint8(AT.magic, "M".charCodeAt(0))
        view.setUint8(AT.magic + 1, "u".charCodeAt(0))
        view.setUint8(AT.magic + 2, 1)
        view.setUint8(AT.magic + 3, VERSION)
        view.setUint16(AT.lookup, this.stub(lookUp), true)
        const functions = Object.entries(ROM_FUNCTIONS).map(
            ([name, does]) => [name, this.stub(does)] as const,
        )
        const floats = FLOAT_FUNCTIONS.map(does => this.stub(does))
        const doubles = DOUBLE_FUNCTIONS.map(does => this.stub(does))
        view.setUint16(AT.functions, this.table(functions), true)
        const data = [
            ["SF", this.words(floats)],
            ["SD", this.words(doubles)],
        ] as const
        view.setUint16(AT.data, this.table(data), true)
    }

    /** What the breakpoint with this number stands for. */
    at(number: number): RomFunction | undefined {
        return this.functions[number]
    }

    /** @returns the function's address, as one of Thumb code is called */
    private stub(does: RomFunction): number {
        const at = this.next
        this.view.setUint16(at, BKPT | this.functions.length, true)
        this.view.setUint16(at + 2, BX_LR, true)
        this.functions.push(does)
        this.next += 4
        return at | 1
    }

    /** Pairs of two letters and an address, and a zero behind. */
    private table(entries: readonly (readonly [string, number])[]): number {
        const at = this.next
        entries.forEach(([name, address], i) => {
            this.view.setUint16(at + 4 * i, codeOf(name), true)
            this.view.setUint16(at + 4 * i + 2, address, true)
        })
        this.next += 4 * entries.length + 4
        return at
    }

    /** Addresses, and how many there are two bytes before. */
    private words(addresses: readonly number[]): number {
        const at = this.next + 4
        this.view.setUint8(at - 2, addresses.length)
        addresses.forEach((address, i) => this.view.setUint32(at + 4 * i, address, true))
        this.next = at + 4 * addresses.length
        return at
    }
}

function codeOf(name: string): number {
    return name.charCodeAt(0) | (name.charCodeAt(1) << 8)
}

/** r0 is a table, r1 two letters; r0 becomes the address, or 0. */
const lookUp: RomFunction = ({ registers, memory }) => {
    const [table = 0, code = 0] = registers
    registers[0] = 0
    for (let at = table; memory.readUint16(at) !== 0; at += 4)
        if (memory.readUint16(at) === (code & 0xffff)) {
            registers[0] = memory.readUint16(at + 2)
            break
        }
    return 100
}
