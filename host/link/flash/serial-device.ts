/**
 * A serial port as Web Serial has it (wicg.github.io/serial), as far as flashing needs one: a browser's own,
 * or one of Node's behind the same face.
 */
export interface SerialDevice {
    readonly readable: ReadableStream<Uint8Array> | null
    readonly writable: WritableStream<Uint8Array> | null
    open(options: { baudRate: number }): Promise<void>
    close(): Promise<void>
    /** Sets control lines; those that are not named stay. A port without any does nothing. */
    setSignals(signals: { dataTerminalReady?: boolean; requestToSend?: boolean }): Promise<void>
    getInfo(): { usbVendorId?: number | undefined; usbProductId?: number | undefined }
    /** Goes on at another speed without being closed, where that can be had. */
    setBaudRate?(baudRate: number): Promise<void>
    /** Calls back when the device goes away while it is open. @returns ends that */
    whenLost(lost: () => void): () => void
}

/** The ids of a USB device as this project writes them: `303a:1001`; undefined of what is no USB device. */
export function usbIdOf(device: SerialDevice): string | undefined {
    const { usbVendorId, usbProductId } = device.getInfo()
    if (usbVendorId === undefined || usbProductId === undefined) return undefined
    const hex = (id: number) => id.toString(16).padStart(4, "0")
    return `${hex(usbVendorId)}:${hex(usbProductId)}`
}
