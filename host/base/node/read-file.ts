import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs"
import { UserError } from "../errors"
import { reasonOf } from "./destination"

/** More than any file has that is read whole here. Bytes. */
const MAX_BYTES = 256 << 20

/**
 * Opens an ordinary file to read it. What is none (a FIFO, a device, a folder) could go on for ever.
 * @param name as the user gave it
 * @throws UserError when there is none, or it cannot be read
 */
export function openToRead(path: string, name = path): number {
    let fd: number | undefined
    try {
        // A FIFO would be waited for.
        fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
        const stats = fstatSync(fd)
        if (stats.isFile()) return fd
        closeSync(fd)
    } catch (error) {
        if (fd !== undefined) closeSync(fd)
        throw new UserError("E_READ", `${name} cannot be read: ${reasonOf(error)}`)
    }
    throw new UserError("E_READ", `${name} cannot be read: it is no ordinary file.`)
}

/**
 * Reads an ordinary file whole.
 * @param name as the user gave it
 * @throws UserError when there is none, it cannot be read, or is larger than any of its kind
 */
export function readBytes(path: string, name = path, maxBytes = MAX_BYTES): Buffer {
    const fd = openToRead(path, name)
    try {
        if (fstatSync(fd).size > maxBytes)
            throw new UserError(
                "E_READ",
                `${name} cannot be read: it has more than ${maxBytes.toLocaleString("en-US")} bytes.`,
            )
        return readFileSync(fd)
    } catch (error) {
        if (error instanceof UserError) throw error
        throw new UserError("E_READ", `${name} cannot be read: ${reasonOf(error)}`)
    } finally {
        closeSync(fd)
    }
}

/** The same of a text in UTF-8. @throws UserError as `readBytes` does */
export function readText(path: string, name = path, maxBytes = MAX_BYTES): string {
    return readBytes(path, name, maxBytes).toString("utf8")
}
