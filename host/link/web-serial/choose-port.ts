/** Somebody was asked, and chose nothing. */
export class NothingChosenError extends Error {
    override readonly name = "NothingChosenError"
}

/** Whether this browser lets a page use a serial port: a page of its own machine, or one that came by HTTPS. */
export function hasSerial(): boolean {
    return "serial" in navigator
}

/**
 * Has somebody choose a serial port.
 * @param filters the USB devices that may lead to a board; without any, all ports there are
 * @param hint what may be the matter when the board is not in the list
 * @throws NothingChosenError
 */
export async function choosePort(
    filters: readonly SerialPortFilter[],
    hint: string,
): Promise<SerialPort> {
    const options = filters.length > 0 ? { filters: [...filters] } : {}
    return orNothing(
        navigator.serial.requestPort(options),
        `No port was chosen: nothing was done. ${hint}`,
    )
}

/** The USB devices of a list: `303a:1001`, or all of a vendor's, `303a`. */
export function filtersOf(ids: readonly string[]): SerialPortFilter[] {
    return ids.map(id => {
        const [vendor = "", product] = id.split(":")
        const usbVendorId = Number.parseInt(vendor, 16)
        return product === undefined
            ? { usbVendorId }
            : { usbVendorId, usbProductId: Number.parseInt(product, 16) }
    })
}

/**
 * What somebody chooses, when asked.
 * @param message of the error when that is nothing
 * @throws NothingChosenError
 */
export async function orNothing<T>(asked: Promise<T>, message: string): Promise<T> {
    try {
        return await asked
    } catch (error) {
        const { name } = error as Error
        if (name === "NotFoundError" || name === "AbortError" || name === "NotAllowedError")
            throw new NothingChosenError(message, { cause: error })
        throw error
    }
}
