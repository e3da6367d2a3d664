/** Bytes that are compared, kept and shared at once. */
const PAGE_BYTES = 1024
/** What a page costs beside its bytes, and a place in a list. */
const PAGE_OVERHEAD = 128
const PLACE_BYTES = 8

/**
 * A copy of some memory, in pages: those that are as they were in the copy before are that copy's own.
 * What several copies have in common is kept once, for as long as one of them is kept.
 */
export class SharedPages {
    private readonly pages: Uint8Array[] = []
    private readonly length: number

    /** @param memory its length and its place in its buffer are multiples of four */
    constructor(memory: Uint8Array, before: SharedPages | undefined) {
        this.length = memory.length
        for (let at = 0; at < memory.length; at += PAGE_BYTES) {
            const page = memory.subarray(at, at + PAGE_BYTES)
            const old = before?.pages[this.pages.length]
            this.pages.push(old && isSame(old, page) ? old : page.slice())
        }
    }

    /** The memory, as it was. */
    whole(): Uint8Array<ArrayBuffer> {
        const memory = new Uint8Array(this.length)
        this.pages.forEach((page, index) => memory.set(page, index * PAGE_BYTES))
        return memory
    }

    /** Bytes that it takes beside those that the copy before it takes anyway. */
    bytesBeside(before: SharedPages | undefined): number {
        let bytes = this.pages.length * PLACE_BYTES
        this.pages.forEach((page, index) => {
            if (before?.pages[index] !== page) bytes += page.length + PAGE_OVERHEAD
        })
        return bytes
    }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
    if (a.length !== b.length) return false
    const [words, others] = [wordsOf(a), wordsOf(b)]
    for (let at = 0; at < words.length; at++) if (words[at] !== others[at]) return false
    return true
}

function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array {
    return new Uint32Array(buffer, byteOffset, length >>> 2)
}
