import { BUFFER, FUNCTION, LONG_STRING, STRING } from "./layout"
import { hex, HeapError, type HeapMemory } from "./heap-memory"
import { decodeValue, type Value } from "./value"
import { TAG_FREE } from "./walk"

/** Characters of a long UTF-8 string come after a table of offsets with an entry for 16 of them. */
const JUMP_SHIFT = 4

/** Reads a board's memory by address. @throws HeapError for an address outside it */
export class MemoryReader {
    private readonly decoder = new TextDecoder()

    constructor(private readonly heap: HeapMemory) {}

    word(address: number): number {
        const { words, origin } = this.heap
        const value = address & 3 ? undefined : words[(address - origin) >>> 2]
        if (value === undefined || address < origin)
            throw new HeapError(`the program's state at ${hex(address)} lies outside the memory`)
        return value
    }

    half(address: number): number {
        return (this.word(address & ~3) >>> ((address & 2) * 8)) & 0xffff
    }

    byte(address: number): number {
        return (this.word(address & ~3) >>> ((address & 3) * 8)) & 0xff
    }

    /** A copy of some bytes. */
    bytes(address: number, count: number): Uint8Array {
        return this.view(address, count).slice()
    }

    private view(address: number, count: number): Uint8Array {
        const { words, origin } = this.heap
        const from = address - origin
        if (from < 0 || count < 0 || from + count > words.byteLength)
            throw new HeapError(`${count} bytes at ${hex(address)} lie outside the memory`)
        return new Uint8Array(words.buffer, words.byteOffset + from, count)
    }

    value(address: number): Value {
        return decodeValue(this.word(address), this.word(address + 4))
    }

    /** Whether a value refers to the heap: its exponent is 0 and bit 3 of its type is set. */
    holdsPointer(address: number): boolean {
        return (this.word(address + 4) & 0x7ff00008) === 8
    }

    isInHeap(address: number): boolean {
        return address >= this.heap.start && address < this.heap.end
    }

    isFree(address: number): boolean {
        return this.word(address) >>> 24 === TAG_FREE
    }

    /**
     * The text of a string block.
     * @param isLong it is of the kind with a table of offsets
     * @param blockBytes size of the block, which the text must fit
     */
    string(address: number, isLong: boolean, blockBytes: number): string {
        const bytes = this.textBytes(address, isLong, blockBytes)
        return shortText(bytes) ?? this.decoder.decode(bytes)
    }

    /** How long that text is, without making it where it need not be made. */
    stringLength(address: number, isLong: boolean, blockBytes: number): number {
        const bytes = this.textBytes(address, isLong, blockBytes)
        for (const byte of bytes) if (byte >= 0x80) return this.decoder.decode(bytes).length
        return bytes.length
    }

    private textBytes(address: number, isLong: boolean, blockBytes: number): Uint8Array {
        const length = this.half(address + (isLong ? LONG_STRING.size : STRING.length))
        const start = isLong
            ? LONG_STRING.jumps + 2 * (this.half(address + LONG_STRING.length) >>> JUMP_SHIFT)
            : STRING.text
        if (start + length > blockBytes)
            throw new HeapError(`the string at ${hex(address)} is longer than its block`)
        return this.view(address + start, length)
    }

    /** Parameters and locals of the function described at this address of the image. */
    slotsOf(func: number): number {
        return this.half(func + FUNCTION.numSlots)
    }

    /** Bytes a buffer says it has, no more than its block has room for. */
    bufferLength(address: number, blockBytes: number): number {
        return Math.min(this.half(address + BUFFER.length), blockBytes - BUFFER.data)
    }
}

/** Most texts on a heap are short and ASCII: a decoder takes longer to be called than to decode them. */
const SHORT = 32

function shortText(bytes: Uint8Array): string | undefined {
    if (bytes.length > SHORT) return undefined
    let text = ""
    for (const byte of bytes) {
        if (byte >= 0x80) return undefined
        text += String.fromCharCode(byte)
    }
    return text
}
