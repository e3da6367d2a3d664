import { constants, openSync, writeSync } from "node:fs"

/** How long to wait for somebody to read a FIFO. Milliseconds. */
const NO_READER_MS = 900
const RETRY_MS = 10

/** Writes all bytes to an ordinary file, which takes fewer than it is given only when it is full. */
export function writeToEnd(fd: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done)
}

/**
 * Writes as many bytes as are taken now.
 * @param from the first of them
 * @returns how many that were; 0 when whoever reads them is too slow
 */
export function writeSome(fd: number, bytes: Uint8Array, from: number): number {
    try {
        return writeSync(fd, bytes, from)
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EAGAIN") return 0
        throw error
    }
}

/** Opens a device or a FIFO to write to it, without waiting for ever for who reads it. */
export function openDevice(path: string): number {
    const until = performance.now() + NO_READER_MS
    for (;;) {
        try {
            return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "ENXIO") throw error
            if (performance.now() > until)
                throw new Error("nobody reads it. Start its reader first.", { cause: error })
            pause(RETRY_MS)
        }
    }
}

/** Does nothing for so many milliseconds, and lets nobody else do anything. */
export function pause(ms: number): void {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
