import type { Plus } from "../advice/text-log"
import { CTX } from "../heap/layout"
import { ProgramImage } from "../heap/program-image"
import { decodeValue, type Value } from "../heap/value"

/** `DEVS_EXPR2_ADD` in the VM's `devs_bytecode.h`. */
const ADD = 58
/** Where a string block keeps its length. */
const STRING_LENGTH = 4

/** One execution of `+` that makes texts: first one of each number it is given, then the sum. */
interface Sum {
    pc: number
    /** The operands as the VM has them. */
    words: readonly number[]
    /** Addresses of the texts that are its operands, 0 for one in flash. */
    operands: [left: number, right: number]
    /** Which of its operands are numbers still to be turned into texts. */
    numbers: (0 | 1)[]
    /** The sum is one of the operands: the other is empty. */
    isNoText: boolean
}

/** Reads off the VM's state what a `+` puts together while it allocates. */
export class PlusReader {
    private readonly image: ProgramImage
    /** The sum at work, while it has texts to make. */
    private ongoing: Sum | undefined

    constructor(private readonly bytecode: Uint8Array) {
        this.image = new ProgramImage(bytecode)
    }

    /**
     * To be asked for every text as its block is allocated.
     * @param pc of the instruction that is at work
     * @returns undefined when that is no `+`
     */
    read(words: Uint32Array, ctx: number, pc: number, address: number): Plus | undefined {
        if (this.bytecode[pc] !== ADD) return undefined
        const at = (ctx + CTX.operands) >>> 2
        const raw = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!]
        const { ongoing } = this
        const isSame = ongoing?.pc === pc && raw.every((word, i) => word === ongoing.words[i])
        const sum = isSame ? ongoing : this.sumOf(words, raw, pc)
        const number = sum.numbers.shift()
        const isLast = number === undefined || (sum.numbers.length === 0 && sum.isNoText)
        this.ongoing = isLast ? undefined : sum
        if (number !== undefined) {
            sum.operands[number] = address
            return "conversion"
        }
        const [left, right] = sum.operands
        return { left, right }
    }

    private sumOf(words: Uint32Array, raw: readonly number[], pc: number): Sum {
        const left = decodeValue(raw[0]!, raw[1]!)
        const right = decodeValue(raw[2]!, raw[3]!)
        const isEmpty = (value: Value) => this.lengthOf(words, value) === 0
        const sides = [left, right] as const
        return {
            pc,
            words: raw,
            operands: [left.pointer ?? 0, right.pointer ?? 0],
            numbers: ([0, 1] as const).filter(side => isNumber(sides[side])),
            isNoText: isEmpty(left) || isEmpty(right),
        }
    }

    private lengthOf(words: Uint32Array, { kind, pointer, flash }: Value): number | undefined {
        if (pointer !== undefined) return words[(pointer + STRING_LENGTH) >>> 2]! & 0xffff
        return kind === "string" ? this.image.string(flash ?? 0)?.length : undefined
    }
}

/** A number whose text is made on the heap: the others have theirs in flash. */
function isNumber({ kind, scalar }: Value): boolean {
    return kind === "number" && Number.isFinite(scalar)
}
