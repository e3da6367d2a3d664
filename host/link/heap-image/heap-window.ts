import { hex, HeapError } from "../../model/heap/heap-memory"
import { TAG_FREE } from "../../model/heap/walk"
import { BUFFER } from "../../model/heap/layout"
import { InterferenceError } from "../debugger/debugger"
import { MAX_LENGTH } from "../debugger/debugger-rules"
import type { HaltedProgram } from "../debugger/halted-program"

/** What a buffer's length of 16 bits can say at most, and a false header says. */
export const WINDOW_BYTES = 0xffff

/**
 * The bytes of a heap as far as they are read, by the board's addresses. Its place is known to 64 KiB:
 * what it is made for lies around `middle`.
 */
export class PartialHeap {
    private readonly base: number
    private readonly bytes = new Uint8Array(4 * 0x10000)
    private readonly view = new DataView(this.bytes.buffer)

    constructor(middle: number) {
        this.base = middle - this.bytes.length / 2
    }

    word(address: number): number {
        this.check(address, 4)
        return this.view.getUint32(address - this.base, true)
    }

    setWord(address: number, word: number): void {
        this.check(address, 4)
        this.view.setUint32(address - this.base, word, true)
    }

    setBytes(address: number, bytes: Uint8Array): void {
        this.check(address, bytes.length)
        this.bytes.set(bytes, address - this.base)
    }

    /** A copy, `bytes` a multiple of 4. */
    slice(address: number, bytes: number): Uint32Array<ArrayBuffer> {
        this.check(address, bytes)
        const start = address - this.base
        return new Uint32Array(this.bytes.slice(start, start + bytes).buffer)
    }

    private check(address: number, bytes: number): void {
        if (address < this.base || address + bytes > this.base + this.bytes.length)
            throw new HeapError(`${hex(address)} is too far away to be on the same heap`)
    }
}

/**
 * Bytes of a halted board's heap, seen through a false header: something on the heap that looks like
 * the header of a buffer of 65,535 bytes, which begins 12 bytes after it. It is read from one address
 * on upwards, and only as far as somebody wants to know.
 *
 * What a read costs is frames, one for the request and one for each 200 bytes. So it asks for as much
 * as an answer may have, and passes over what need not be known as soon as that is clear: never more
 * frames than a heap read whole takes, and far fewer when much of it is free.
 */
export class HeapWindow {
    /** All before is read, or passed over. */
    private position: number
    private readonly first: number

    /**
     * @param header address of the false header
     * @param limit address that nothing is read from on
     */
    constructor(
        private readonly program: HaltedProgram,
        private readonly heap: PartialHeap,
        header: number,
        private readonly limit: number,
    ) {
        this.first = this.position = header + BUFFER.data
    }

    /** Where the window begins. */
    get start(): number {
        return this.first
    }

    /** Has all before this address read. @throws HeapError when the window does not reach that far */
    async readTo(address: number): Promise<void> {
        if (address > this.limit)
            throw new HeapError(`no block of the heap ends at ${hex(address)}`)
        while (this.position < address) {
            const from = this.position - this.first
            const count = Math.min(MAX_LENGTH, this.limit - this.position, WINDOW_BYTES - from)
            if (count <= 0) throw new HeapError(`the heap has no end within ${WINDOW_BYTES} bytes`)
            const bytes = await this.program.bytes(this.first - BUFFER.data, from, count)
            // The buffer is that long: only a program that no longer stands still answers with less.
            if (bytes.length !== count) throw new InterferenceError()
            this.heap.setBytes(this.position, bytes)
            this.position += count
        }
    }

    /** Passes over all before this address. */
    skipTo(address: number): void {
        this.position = Math.max(this.position, address)
    }

    /**
     * Reads blocks, of free ones the header alone.
     * @param from where a block starts
     * @param isEnd whether there is no block any more at the address, from its word
     * @returns the address at which that was so
     * @throws HeapError for what is no block
     */
    async readBlocks(
        from: number,
        isEnd: (address: number, word: number) => boolean,
    ): Promise<number> {
        for (let at = from; ;) {
            await this.readTo(at + 4)
            const header = this.heap.word(at)
            if (isEnd(at, header)) return at
            const bytes = (header & 0xffffff) * 4
            if (bytes < 8)
                throw new HeapError(`the block at ${hex(at)} has a size of ${bytes} bytes`)
            if (header >>> 24 === TAG_FREE) this.skipTo(at + bytes)
            else await this.readTo(at + bytes)
            at += bytes
        }
    }
}
