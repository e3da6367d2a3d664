/** Somebody was asked, and chose nothing. */
export class NothingChosenError extends Error {
    override readonly name = "NothingChosenError"
}

/** What only some browsers have, and what they say of it (File System Access). */
interface DrivePicker {
    showDirectoryPicker?(options: {
        id: string
        mode: "readwrite"
    }): Promise<FileSystemDirectoryHandle>
}

/** Whether this browser lets a page use a serial port: nothing else than a page of its own machine. */
export function hasSerial(): boolean {
    return "serial" in navigator
}

/** Whether it lets one write to a drive. */
export function hasDrives(): boolean {
    return (window as DrivePicker).showDirectoryPicker !== undefined
}

/**
 * Has somebody choose a serial port.
 * @param ids of the USB devices that may lead to the board: `303a:1001`
 * @param any offers all there are instead
 * @throws NothingChosenError
 */
export async function pickPort(ids: readonly string[], any: boolean): Promise<SerialPort> {
    const filters = ids.map(id => {
        const [vendor = "", product = ""] = id.split(":")
        return {
            usbVendorId: Number.parseInt(vendor, 16),
            usbProductId: Number.parseInt(product, 16),
        }
    })
    return orNothing(
        navigator.serial.requestPort(any ? {} : { filters }),
        "No port was chosen: nothing was done. A board that is not in the list is not in its boot mode, its cable is one for charging alone, or its USB chip is not known: then have all ports shown.",
    )
}

/** Has somebody choose a drive. @throws NothingChosenError */
export async function pickDrive(): Promise<FileSystemDirectoryHandle> {
    return orNothing(
        (window as DrivePicker).showDirectoryPicker!({ id: "boot-drive", mode: "readwrite" }),
        "No drive was chosen: nothing was done.",
    )
}

async function orNothing<T>(asked: Promise<T>, message: string): Promise<T> {
    try {
        return await asked
    } catch (error) {
        const { name } = error as Error
        if (name === "NotFoundError" || name === "AbortError" || name === "NotAllowedError")
            throw new NothingChosenError(message, { cause: error })
        throw error
    }
}
