/** NOR flash is erased in sectors of this, in bytes. */
export const SECTOR_BYTES = 4096

/** A flash chip: erasing sets all bits of whole sectors, writing can only clear them. */
export class SpiFlash {
    readonly bytes: Uint8Array<ArrayBuffer>

    /** @param sizeBytes a power of two @param content what it has; the rest is erased */
    constructor(
        readonly sizeBytes: number,
        content: Uint8Array = new Uint8Array(0),
    ) {
        this.bytes = new Uint8Array(sizeBytes).fill(0xff)
        this.bytes.set(content.subarray(0, sizeBytes))
    }

    /** What it answers to RDID, JEDEC's command 0x9f: a maker, a type, and its size as a power of two. */
    get id(): number {
        return (Math.log2(this.sizeBytes) << 16) | 0x4020
    }

    /** Whether there is flash for so many bytes from an address on. */
    has(address: number, length: number): boolean {
        return address + length <= this.sizeBytes
    }

    /** Erases the sectors that a range touches. */
    erase(address: number, length: number): void {
        const from = Math.floor(address / SECTOR_BYTES) * SECTOR_BYTES
        this.bytes.fill(0xff, from, Math.ceil((address + length) / SECTOR_BYTES) * SECTOR_BYTES)
    }

    write(address: number, bytes: Uint8Array): void {
        const end = Math.min(bytes.length, this.sizeBytes - address)
        for (let at = 0; at < end; at++) this.bytes[address + at]! &= bytes[at]!
    }
}
