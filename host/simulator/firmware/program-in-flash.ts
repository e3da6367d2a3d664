/**
 * Where a board's firmware keeps its program: in a large file called `*prog` of its flash's own file system
 * (`jd_fstor.c` of jacdac-c), with a header that is whole only once all of it was written (`devsmgr.c`).
 */
const STORE = { magic0: 0x52545346, magic1: 0x6becea0a, generation: 8, entries: 24 } as const
const ENTRY = { offset: 16, bytes: 24 } as const
/** A directory begins with a page; the smallest page of a chip's flash that firmware has. */
const PAGE_BYTES = 1024
const PROGRAM_KEY = "*prog\0"
const PROGRAM = { magic0: 0x8d8abd53, size: 4, magic1: 0xb27c4b2b, image: 128 } as const
const ERASED = 0xffffffff

/** The program that a board finds in its flash when it is switched on; undefined when there is no whole one. */
export function programInFlash(flash: Uint8Array): Uint8Array | undefined {
    const view = new DataView(flash.buffer, flash.byteOffset, flash.byteLength)
    const word = (at: number) => (at + 4 <= flash.length ? view.getUint32(at, true) : ERASED)
    const at = newestProgram(flash, word)
    if (at === undefined || word(at) !== PROGRAM.magic0 || word(at + 8) !== PROGRAM.magic1)
        return undefined
    const end = at + PROGRAM.image + word(at + PROGRAM.size)
    return end <= flash.length ? flash.slice(at + PROGRAM.image, end) : undefined
}

/** Offset of the last file of that name in the newer of the two directories: what is written is never overwritten. */
function newestProgram(flash: Uint8Array, word: (at: number) => number): number | undefined {
    let store: number | undefined
    for (let at = 0; at < flash.length; at += PAGE_BYTES)
        if (word(at) === STORE.magic0 && word(at + 4) === STORE.magic1)
            if (store === undefined || word(at + STORE.generation) > word(store + STORE.generation))
                store = at
    if (store === undefined) return undefined
    let found: number | undefined
    for (let at = store + STORE.entries; word(at + ENTRY.offset) !== ERASED; at += ENTRY.bytes) {
        const key = String.fromCharCode(...flash.subarray(at, at + PROGRAM_KEY.length))
        if (key === PROGRAM_KEY) found = word(at + ENTRY.offset)
    }
    return found
}
