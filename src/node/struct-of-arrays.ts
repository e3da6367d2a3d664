import { I16, I32, I8, readField, U16, U32, U8, type ByteField } from "../byte-fields"
import { checkIndex } from "../check"
import { checkField } from "../field-check"
import { StructOfArrays as OnBoard } from "../struct-of-arrays"

/** `StructOfArrays` in Node: the same bytes, which a view of them reads at once. */
export class StructOfArrays extends OnBoard {
    private readonly view: DataView
    private readonly recordBytes: number

    constructor(capacity: number, recordBytes: number) {
        super(capacity, recordBytes)
        const { buffer, byteOffset, length } = this.buffer
        this.view = new DataView(buffer, byteOffset, length)
        this.recordBytes = recordBytes
    }

    override get(index: number, field: ByteField): number {
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        const recordBytes = this.recordBytes
        if (field >>> 0 !== field || (field >>> 4) + (field & 7) > recordBytes)
            checkField(field, recordBytes)
        // `imul` and not `*`: nothing is to be done for what is greater than 32 bits.
        const at = Math.imul(field >>> 4, this.capacity) + Math.imul(field & 7, index)
        switch (field & 15) {
            case U16:
                return this.view.getUint16(at, true)
            case U8:
                return this.view.getUint8(at)
            case U32:
                return this.view.getUint32(at, true)
            case I16:
                return this.view.getInt16(at, true)
            case I8:
                return this.view.getInt8(at)
            case I32:
                return this.view.getInt32(at, true)
            default:
                return readField(this.buffer, at, field & 15)
        }
    }

    override sum(field: ByteField): number {
        const view = this.view
        const start = this.column(field)
        const end = start + this.length * (field & 7)
        let sum = 0
        // A loop for each type: one for all would ask in each round.
        switch (field & 15) {
            case U8:
                for (let at = start; at < end; at++) sum += view.getUint8(at)
                return sum
            case U16:
                for (let at = start; at < end; at += 2) sum += view.getUint16(at, true)
                return sum
            case U32:
                for (let at = start; at < end; at += 4) sum += view.getUint32(at, true)
                return sum
            case I8:
                for (let at = start; at < end; at++) sum += view.getInt8(at)
                return sum
            case I16:
                for (let at = start; at < end; at += 2) sum += view.getInt16(at, true)
                return sum
            case I32:
                for (let at = start; at < end; at += 4) sum += view.getInt32(at, true)
                return sum
            default:
                return super.sum(field)
        }
    }
}
