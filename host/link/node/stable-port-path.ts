import { readdir, realpath } from "node:fs/promises"
import { basename, join } from "node:path"

const BY_ID = "/dev/serial/by-id"

/**
 * A path that leads to the same board when it comes back under another name, as one with USB of its own
 * may do after a reset: Linux links its serial number to wherever it is. A UART bridge stays where it
 * is when its board resets, and many have the same serial number.
 * @returns undefined where there is none
 */
export async function findStablePath(path: string, byId = BY_ID): Promise<string | undefined> {
    try {
        const device = await realpath(path)
        if (!basename(device).startsWith("ttyACM")) return undefined
        for (const name of await readdir(byId))
            if ((await realpath(join(byId, name))) === device) return join(byId, name)
    } catch {
        // Not every system has such a folder, and boards come and go.
    }
    return undefined
}
