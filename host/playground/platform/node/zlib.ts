/** What is reached of `node:zlib`: packed recordings, which a tab neither reads nor makes. */
export const constants = { Z_SYNC_FLUSH: 2 }

/** Absent, as in a Node before 20.15: whoever wants it makes his own. */
export const crc32 = undefined

export function inflateRawSync(): never {
    throw new Error("a tab unpacks no recordings")
}

export function deflateRawSync(): never {
    throw new Error("a tab packs no recordings")
}
