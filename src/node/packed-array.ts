import { checkIndex, failBits } from "../check"
import { PackedArray as OnBoard } from "../packed-array"
import type { Stats } from "../stats"
import { numbersOf, type Numbers } from "./numbers"

/** `PackedArray` in Node: the same bytes, seen as numbers where they can be. */
export class PackedArray extends OnBoard {
    private readonly numbers: Numbers | undefined
    /** Ones where bits of a value are. */
    private readonly mask: number

    constructor(capacity: number, bits: number) {
        super(capacity, bits)
        this.numbers = numbersOf(this.buffer, bits / 8)
        this.mask = -1 >>> (32 - bits)
    }

    override get(index: number): number {
        const numbers = this.numbers
        if (numbers === undefined) return super.get(index)
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        return numbers[index] as number
    }

    override set(index: number, value: number): void {
        const numbers = this.numbers
        if (numbers === undefined) return super.set(index, value)
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        if ((value & this.mask) >>> 0 !== value) failBits(value, this.bits)
        numbers[index] = value
    }

    override push(value: number): boolean {
        const { length, numbers } = this
        if (numbers === undefined) return super.push(value)
        if ((value & this.mask) >>> 0 !== value) failBits(value, this.bits)
        if (length === this.capacity) {
            ;(this as Stats).refused = this.refused + 1
            return false
        }
        numbers[length] = value
        ;(this as Stats).length = length + 1
        if (length >= this.highWaterMark) (this as Stats).highWaterMark = length + 1
        return true
    }
}
