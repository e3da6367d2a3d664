import { constants, deflateRawSync, inflateRawSync } from "node:zlib"
import { crc32 as ownCrc } from "../../base/crc32"
import { nativeCrc } from "./native-crc"

/**
 * How each part of a packed recording begins: the header of a gzip member (RFC 1952) with a comment of
 * ours, so that the next part is found after a damaged one.
 */
const MEMBER_START = Buffer.from("\x1f\x8b\x08\x10\0\0\0\0\0\xffheapscope recording\0", "latin1")
/** Text in a member, in bytes, from which on the next one begins: what damage can cost. */
const MEMBER_BYTES = 1 << 18
/** The most of a member, packed or not, that is looked at: with its last line. */
const MAX_MEMBER_BYTES = 4 << 20
/** An empty last block of deflate. */
const LAST_BLOCK = Buffer.of(0x03, 0x00)
/** How a member ends before its check: with what a flush ends with, and the last block. */
const MEMBER_END = Buffer.concat([Buffer.of(0x00, 0x00, 0xff, 0xff), LAST_BLOCK])
const TRAILER_BYTES = 8
/** How far back deflate looks. */
const WINDOW_BYTES = 32_768
/** Deflate's levels: above it a tenth smaller takes twice as long. */
const LEVEL = 5
const CHUNK_BYTES = 1 << 18

/** Whether bytes at a file's start are a packed recording's. */
export function isPacked(start: Uint8Array): boolean {
    return MEMBER_START.equals(start.subarray(0, MEMBER_START.length))
}

export const PACKED_START_BYTES = MEMBER_START.length

/**
 * Packs text as it comes, as a gzip file of many members. Everything given so far can be read from what
 * has been handed back: a file that is cut off lacks its last moment and no more.
 */
export class Packer {
    /** What this member has of the text, to find repetitions in, and to check it by. */
    private window: Buffer = Buffer.alloc(0)
    private bytes = 0
    private crc = 0
    private unchecked: Buffer[] = []

    /** @param text whole lines; @returns what to add to the file */
    add(text: string): Buffer {
        const bytes = Buffer.from(text)
        const packed = deflateRawSync(bytes, {
            level: LEVEL,
            finishFlush: constants.Z_SYNC_FLUSH,
            ...(this.bytes > 0 && { dictionary: this.window }),
        })
        const start = this.bytes === 0 ? [MEMBER_START] : []
        this.note(bytes)
        const end = this.bytes >= MEMBER_BYTES ? [this.end()] : []
        return Buffer.concat([...start, packed, ...end])
    }

    /** Ends the member, with its check. @returns what to add to the file */
    end(): Buffer {
        if (this.bytes === 0) return Buffer.alloc(0)
        const trailer = Buffer.alloc(TRAILER_BYTES)
        trailer.writeUInt32LE(nativeCrc ? this.crc : ownCrc(Buffer.concat(this.unchecked)), 0)
        trailer.writeUInt32LE(this.bytes, 4)
        this.bytes = this.crc = 0
        this.unchecked = []
        return Buffer.concat([LAST_BLOCK, trailer])
    }

    private note(bytes: Buffer): void {
        const before = this.bytes === 0 ? Buffer.alloc(0) : this.window
        this.window = Buffer.concat([before, bytes.subarray(-WINDOW_BYTES)]).subarray(-WINDOW_BYTES)
        this.bytes += bytes.length
        if (nativeCrc) this.crc = nativeCrc(bytes, this.crc)
        else this.unchecked.push(bytes)
    }
}

/**
 * The text of a packed recording, member by member, in bounded memory.
 * @param read fills a buffer from the file; 0 at its end
 * @param onDamage told of every member that cannot be believed; its lines are left out
 */
export function* unpack(
    read: (chunk: Buffer) => number,
    onDamage: () => void,
): Generator<Buffer, void> {
    const chunk = Buffer.alloc(CHUNK_BYTES)
    let held: Buffer = Buffer.alloc(0)
    let isLast = false
    while (!isLast || held.length > 0) {
        const next = held.indexOf(MEMBER_START, 1)
        if (next < 0 && !isLast) {
            const bytes = read(chunk)
            isLast = bytes === 0
            held = Buffer.concat([held, chunk.subarray(0, bytes)])
            // Of what has no end, the start alone is kept: it is not a member.
            if (held.length > 2 * MAX_MEMBER_BYTES) held = held.subarray(0, MAX_MEMBER_BYTES)
            continue
        }
        const member = held.subarray(0, next < 0 ? held.length : next)
        held = next < 0 ? Buffer.alloc(0) : held.subarray(next)
        const text = textOf(member, next < 0, onDamage)
        if (text) yield text
    }
}

/**
 * The text of a member; undefined of a damaged one.
 * @param isLast it may have been cut off: then it has all that was flushed before
 */
function textOf(member: Buffer, isLast: boolean, onDamage: () => void): Buffer | undefined {
    const inflated = isPacked(member) && inflate(member.subarray(MEMBER_START.length))
    if (!inflated) return void onDamage()
    const { text, trailer } = inflated
    if (trailer.length < TRAILER_BYTES && isLast) return textOfEnd(member, text, onDamage)
    const isWhole =
        trailer.length >= TRAILER_BYTES &&
        trailer.readUInt32LE(0) === (nativeCrc ?? ownCrc)(text) &&
        trailer.readUInt32LE(4) === text.length
    const rest = trailer.subarray(TRAILER_BYTES)
    const isCutOff = isLast && MEMBER_START.subarray(0, rest.length).equals(rest)
    // What follows is another, whose start cannot be read.
    if (!isWhole || (rest.length > 0 && !isCutOff)) onDamage()
    return isWhole ? text : undefined
}

/**
 * The text of a last member without an end. It was cut off, or it was ended and zlib ran over that: then
 * its check is where it should be, and what it vouches for is the text.
 */
function textOfEnd(member: Buffer, text: Buffer, onDamage: () => void): Buffer | undefined {
    const end = member.subarray(-TRAILER_BYTES)
    const vouchedFor = text.subarray(0, end.readUInt32LE(4))
    if (vouchedFor.length > 0 && end.readUInt32LE(0) === (nativeCrc ?? ownCrc)(vouchedFor))
        return vouchedFor
    if (!member.subarray(0, -TRAILER_BYTES).subarray(-MEMBER_END.length).equals(MEMBER_END))
        return text
    return void onDamage()
}

function inflate(packed: Buffer): { text: Buffer; trailer: Buffer } | undefined {
    try {
        const { buffer, engine } = inflateRawSync(packed, {
            finishFlush: constants.Z_SYNC_FLUSH,
            maxOutputLength: MAX_MEMBER_BYTES,
            info: true,
        }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
        return { text: buffer, trailer: packed.subarray(engine.bytesWritten) }
    } catch {
        return undefined
    }
}
