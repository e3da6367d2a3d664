/** What follows an instruction's opcode, by opcode; what is not here has nothing after it. */
type Immediate = "type" | "index" | "two-indices" | "labels" | "memory" | "sleb" | "f32" | "f64"

const BLOCK_LIKE = [0x02, 0x03, 0x04]
const ONE_INDEX = [0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40]

const IMMEDIATES = new Map<number, Immediate>([
    ...BLOCK_LIKE.map(opcode => [opcode, "type"] as const),
    ...ONE_INDEX.map(opcode => [opcode, "index"] as const),
    [0x0e, "labels"],
    [0x11, "two-indices"],
    ...Array.from({ length: 0x3f - 0x28 }, (_, i) => [0x28 + i, "memory"] as const),
    [0x41, "sleb"],
    [0x42, "sleb"],
    [0x43, "f32"],
    [0x44, "f64"],
])

/** Opcode of the instructions that have a second one, and those of them that the VM uses. */
const PREFIX = 0xfc
const BULK = new Map([
    [8, 2],
    [9, 1],
    [10, 2],
    [11, 1],
])
/** The last opcode of those without anything after it that the VM may use: sign extensions. */
const LAST_PLAIN = 0xc4

/** An instruction of a function's body: where it stands, and what stands after its opcode. */
export interface Instruction {
    /** After `PREFIX`, 0xfc00 and the second opcode. */
    opcode: number
    start: number
    end: number
    /** The index after it, of a label, a function, a variable; the labels of a table. */
    indices: number[]
}

/** Reads the binary form of WebAssembly as far as the VM uses it. */
export class WasmReader {
    at: number

    constructor(
        readonly bytes: Uint8Array,
        at = 0,
    ) {
        this.at = at
    }

    byte(): number {
        return this.bytes[this.at++]!
    }

    /** An unsigned number in LEB128. */
    number(): number {
        let value = 0
        for (let shift = 0; ; shift += 7) {
            const byte = this.byte()
            value += (byte & 0x7f) * 2 ** shift
            if (byte < 0x80) return value
        }
    }

    name(): string {
        const length = this.number()
        this.at += length
        return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at))
    }

    /** @throws Error at what the VM is not known to have */
    instruction(): Instruction {
        const start = this.at
        let opcode = this.byte()
        const indices: number[] = []
        if (opcode === PREFIX) {
            const second = this.number()
            const count = second < 8 ? 0 : BULK.get(second)
            if (count === undefined) throw new Error(`unknown instruction 0xfc ${second}`)
            for (let i = 0; i < count; i++) this.number()
            opcode = (PREFIX << 8) | second
        } else {
            const immediate = IMMEDIATES.get(opcode)
            if (immediate) this.immediate(immediate, indices)
            else if (opcode > LAST_PLAIN || opcode === 0x1c)
                throw new Error(`unknown instruction 0x${opcode.toString(16)}`)
        }
        return { opcode, start, end: this.at, indices }
    }

    private immediate(kind: Immediate, indices: number[]): void {
        if (kind === "type" || kind === "sleb") while (this.byte() >= 0x80);
        else if (kind === "f32") this.at += 4
        else if (kind === "f64") this.at += 8
        else if (kind === "labels") {
            const count = this.number() + 1
            for (let i = 0; i < count; i++) indices.push(this.number())
        } else {
            indices.push(this.number())
            if (kind !== "index") indices.push(this.number())
        }
    }
}

/** A number in unsigned LEB128. */
export function leb(value: number): number[] {
    const bytes = []
    do {
        bytes.push((value % 128) | (value >= 128 ? 0x80 : 0))
        value = Math.floor(value / 128)
    } while (value > 0)
    return bytes
}

/** A whole number in signed LEB128, as constants are written. */
export function signedLeb(value: number): number[] {
    const bytes = []
    for (;;) {
        const low = ((value % 128) + 128) % 128
        value = Math.floor(value / 128)
        // The last one tells by its highest bit whether the number is negative.
        if (value === (low >= 64 ? -1 : 0)) return [...bytes, low]
        bytes.push(low | 0x80)
    }
}
