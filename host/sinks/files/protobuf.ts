const VARINT = 0
const BYTES = 2
const encoder = new TextEncoder()

/** Writes a message of Protocol Buffers: fields in the order in which they are added, none that is 0. */
export class ProtoMessage {
    private readonly bytes: number[] = []

    /** A number that is none of a string or message; negative ones are `int64`. */
    integer(field: number, value: number): this {
        if (value !== 0) {
            this.tag(field, VARINT)
            this.varint(BigInt(value))
        }
        return this
    }

    /** Numbers of a repeated field, packed. */
    integers(field: number, values: readonly number[]): this {
        const inner = new ProtoMessage()
        for (const value of values) inner.varint(BigInt(value))
        return this.block(field, inner.bytes)
    }

    text(field: number, value: string): this {
        return this.block(field, encoder.encode(value))
    }

    message(field: number, value: ProtoMessage): this {
        return this.block(field, value.bytes)
    }

    toBytes(): Uint8Array {
        return Uint8Array.from(this.bytes)
    }

    private block(field: number, bytes: ArrayLike<number> & Iterable<number>): this {
        this.tag(field, BYTES)
        this.varint(BigInt(bytes.length))
        for (const byte of bytes) this.bytes.push(byte)
        return this
    }

    private tag(field: number, type: number): void {
        this.varint(BigInt(field * 8 + type))
    }

    private varint(value: bigint): void {
        let rest = BigInt.asUintN(64, value)
        for (; rest > 0x7fn; rest >>= 7n) this.bytes.push(Number(rest & 0x7fn) | 0x80)
        this.bytes.push(Number(rest))
    }
}
