import { parseSnapshot } from "../analysis/snapshot/snapshot-file"
import { readText } from "../base/node/read-file"
import type { Snapshot } from "../documents/snapshot"

/**
 * Reads a snapshot back.
 * @param name of the file as the user gave it
 * @throws UserError when it is missing or not a sound snapshot
 */
export function readSnapshot(path: string, name: string): Snapshot {
    return parseSnapshot(readText(path, name), name)
}
