import { closeSync, readSync } from "node:fs"
import { openToRead } from "../../base/node/read-file"

/** How a recording of any version begins. */
const START = '{"schema":"heapscope/recording@'

/** Whether a file is meant as a recording: by its name, or by how it begins. */
export function isRecording(path: string): boolean {
    return path.endsWith(".ndjson") || startOf(path, START.length) === START
}

/** Empty for what cannot be read. */
function startOf(path: string, bytes: number): string {
    try {
        const file = openToRead(path)
        try {
            const start = Buffer.alloc(bytes)
            return start.toString("latin1", 0, readSync(file, start))
        } finally {
            closeSync(file)
        }
    } catch {
        return ""
    }
}
