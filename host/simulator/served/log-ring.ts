/** Size of the ring a board keeps its log in (`JD_DMESG_BUFFER_SIZE` of the firmware). Bytes. */
export const LOG_RING_BYTES = 4096

/**
 * A board's log as its firmware keeps it: the newest 4 KB. Who reads too late misses what was written
 * over, without a word, and may begin in the middle of a line.
 */
export class LogRing {
    private readonly bytes = new Uint8Array(LOG_RING_BYTES)
    private written = 0
    private taken = 0

    write(text: Uint8Array): void {
        for (const byte of text) this.bytes[this.written++ % LOG_RING_BYTES] = byte
    }

    /** Whether a byte is left that nobody took. */
    get isEmpty(): boolean {
        return this.taken === this.written
    }

    /** The oldest byte that nobody took; there must be one. */
    take(): number {
        this.taken = Math.max(this.taken, this.written - LOG_RING_BYTES)
        return this.bytes[this.taken++ % LOG_RING_BYTES]!
    }
}
