import type { Concatenation } from "../../analysis/advice/texts"
import { CTX, STRING } from "../../model/heap/layout"
import { ProgramImage } from "../../model/program/program-image"
import { decodeValue } from "../../model/heap/value"

/** `DEVS_EXPR2_ADD` in the VM's `devs_bytecode.h`. */
const ADD = 58

/** What an operand is to a `+`, told from the two words of its value. */
interface Operand {
    /** Address of the text, 0 for one in flash or none yet. */
    address: number
    /** It is a number whose text is still to be made. */
    isNumber: boolean
}

/** Reads off the VM's state what a `+` puts together while it allocates. */
export class ConcatenationReader {
    private readonly image: ProgramImage
    /** By handle: whether the text in flash is empty. */
    private readonly emptyTexts = new Map<number, boolean>()
    // One execution of `+`: first it makes a text of each number it is given, then the sum.
    private pc = -1
    /** The two operands as the VM has them. */
    private readonly words = new Uint32Array(4)
    private readonly left: Operand = { address: 0, isNumber: false }
    private readonly right: Operand = { address: 0, isNumber: false }

    constructor(private readonly bytecode: Uint8Array) {
        this.image = new ProgramImage(bytecode)
    }

    /**
     * To be asked for every text as its block is allocated.
     * @param pc of the instruction that is at work
     * @returns undefined when that is no `+`
     */
    read(words: Uint32Array, ctx: number, pc: number, address: number): Concatenation | undefined {
        if (this.bytecode[pc] !== ADD) return undefined
        const { left, right } = this
        const at = (ctx + CTX.operands) >>> 2
        if (!this.isAt(words, at, pc)) this.begin(words, at, pc)
        const number = left.isNumber ? left : right.isNumber ? right : undefined
        if (!number) {
            this.pc = -1
            return { left: left.address, right: right.address }
        }
        number.isNumber = false
        number.address = address
        return "conversion"
    }

    /** Whether this execution has made a text before. */
    private isAt(words: Uint32Array, at: number, pc: number): boolean {
        if (this.pc !== pc) return false
        for (let i = 0; i < 4; i++) if (this.words[i] !== words[at + i]) return false
        return true
    }

    private begin(words: Uint32Array, at: number, pc: number): void {
        const { left, right } = this
        for (let i = 0; i < 4; i++) this.words[i] = words[at + i]!
        const leftIsEmpty = this.readOperand(words, at, left)
        const rightIsEmpty = this.readOperand(words, at + 2, right)
        // Next to an empty text, the text of a number is the sum: the next one is another sum's.
        this.pc = leftIsEmpty || rightIsEmpty ? -1 : pc
    }

    /** @returns whether it is an empty text */
    private readOperand(words: Uint32Array, at: number, operand: Operand): boolean {
        const { kind, scalar, pointer, flash } = decodeValue(words[at]!, words[at + 1]!)
        operand.address = pointer ?? 0
        // Numbers that are none have their text in flash.
        operand.isNumber = kind === "number" && Number.isFinite(scalar)
        if (pointer !== undefined) return (words[(pointer + STRING.length) >>> 2]! & 0xffff) === 0
        return kind === "string" && this.isEmptyText(flash ?? 0)
    }

    private isEmptyText(handle: number): boolean {
        let isEmpty = this.emptyTexts.get(handle)
        if (isEmpty === undefined) {
            isEmpty = this.image.string(handle) === ""
            this.emptyTexts.set(handle, isEmpty)
        }
        return isEmpty
    }
}
