const VARINT = 0
const FIXED64 = 1
const BYTES = 2
/** Of 64 bits, as many as a number holds exactly are not asked for by halves. */
const HALF = 2 ** 32
const encoder = new TextEncoder()

/** Writes a message of Protocol Buffers: fields in the order in which they are added, no integer that is 0. */
export class ProtoMessage {
    private bytes = new Uint8Array(64)
    private length = 0

    /** A number that is none of a string or message; negative ones are `int64`. */
    integer(field: number, value: number): this {
        if (value === 0) return this
        this.tag(field, VARINT)
        return this.varint(value)
    }

    /** Numbers of a repeated field, packed. */
    integers(field: number, values: readonly number[]): this {
        const inner = new ProtoMessage()
        for (const value of values) inner.varint(value)
        return this.message(field, inner)
    }

    /** A `double`, 0 as well. */
    double(field: number, value: number): this {
        this.tag(field, FIXED64)
        this.view(8).setFloat64(0, value, true)
        return this
    }

    /** A `fixed64`. */
    fixed64(field: number, value: bigint): this {
        this.tag(field, FIXED64)
        this.view(8).setBigUint64(0, value, true)
        return this
    }

    text(field: number, value: string): this {
        return this.block(field, encoder.encode(value))
    }

    message(field: number, value: ProtoMessage): this {
        return this.block(field, value.written())
    }

    /** Fields that were written before, as they are. */
    fields(written: Uint8Array): this {
        this.room(written.length)
        this.bytes.set(written, this.length)
        this.length += written.length
        return this
    }

    toBytes(): Uint8Array<ArrayBuffer> {
        return this.bytes.slice(0, this.length)
    }

    private written(): Uint8Array {
        return this.bytes.subarray(0, this.length)
    }

    private block(field: number, bytes: Uint8Array): this {
        this.tag(field, BYTES)
        this.varint(bytes.length)
        return this.fields(bytes)
    }

    private tag(field: number, type: number): void {
        this.varint(field * 8 + type)
    }

    private varint(value: number): this {
        this.room(10)
        if (value < 0 || value >= HALF) return this.largeVarint(BigInt(value))
        let rest = value
        for (; rest > 0x7f; rest >>>= 7) this.bytes[this.length++] = (rest & 0x7f) | 0x80
        this.bytes[this.length++] = rest
        return this
    }

    private largeVarint(value: bigint): this {
        let rest = BigInt.asUintN(64, value)
        for (; rest > 0x7fn; rest >>= 7n) this.bytes[this.length++] = Number(rest & 0x7fn) | 0x80
        this.bytes[this.length++] = Number(rest)
        return this
    }

    /** So many bytes at the end, to be written. */
    private view(bytes: number): DataView {
        this.room(bytes)
        this.length += bytes
        return new DataView(this.bytes.buffer, this.length - bytes, bytes)
    }

    private room(more: number): void {
        const wanted = this.length + more
        if (wanted <= this.bytes.length) return
        const larger = new Uint8Array(Math.max(wanted, 2 * this.bytes.length))
        larger.set(this.written())
        this.bytes = larger
    }
}
