import { checkIndex, failBits } from "../check"
import { RingBuffer as OnBoard } from "../ring-buffer"
import type { Stats } from "../stats"
import { numbersOf, type Numbers } from "./numbers"

/** `RingBuffer` in Node: the same bytes, seen as numbers where they can be. */
export class RingBuffer extends OnBoard {
    private readonly numbers: Numbers | undefined
    /** Ones where bits of a value are. */
    private readonly mask: number

    constructor(capacity: number, elementBytes: number) {
        super(capacity, elementBytes)
        this.numbers = numbersOf(this.buffer, elementBytes)
        this.mask = -1 >>> (32 - 8 * elementBytes)
    }

    override push(value: number): boolean {
        const { capacity, length, numbers } = this
        if (numbers === undefined) return super.push(value)
        if ((value & this.mask) >>> 0 !== value) failBits(value, 8 * numbers.BYTES_PER_ELEMENT)
        if (length === capacity) {
            ;(this as Stats).refused = this.refused + 1
            return false
        }
        let at = this.head + length
        if (at >= capacity) at -= capacity
        numbers[at] = value
        ;(this as Stats).length = length + 1
        if (length >= this.highWaterMark) (this as Stats).highWaterMark = length + 1
        return true
    }

    override shift(): number | undefined {
        const { head, length, numbers } = this
        if (numbers === undefined) return super.shift()
        if (length === 0) return undefined
        ;(this as Stats).length = length - 1
        this.head = head + 1 === this.capacity ? 0 : head + 1
        return numbers[head]
    }

    override get(index: number): number {
        const { capacity, numbers } = this
        if (numbers === undefined) return super.get(index)
        if (index >>> 0 !== index || index >= this.length) checkIndex(index, this.length)
        index += this.head
        if (index >= capacity) index -= capacity
        return numbers[index] as number
    }
}
