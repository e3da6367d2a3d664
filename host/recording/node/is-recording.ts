import { closeSync, readSync } from "node:fs"
import { openToRead } from "../../base/node/read-file"
import { isPacked, PACKED_START_BYTES } from "./packed"

/** How a recording of any version begins. */
const START = '{"schema":"heapscope/recording@'

/** Whether a file is meant as a recording: by its name, or by how it begins. */
export function isRecording(path: string): boolean {
    if (/\.ndjson(\.gz)?$/.test(path)) return true
    const start = startOf(path, Math.max(START.length, PACKED_START_BYTES))
    return start.toString("latin1", 0, START.length) === START || isPacked(start)
}

/** Zeros for what cannot be read. */
function startOf(path: string, bytes: number): Buffer {
    const start = Buffer.alloc(bytes)
    try {
        const file = openToRead(path)
        try {
            readSync(file, start)
        } finally {
            closeSync(file)
        }
    } catch {
        // It is none, whatever it is.
    }
    return start
}
