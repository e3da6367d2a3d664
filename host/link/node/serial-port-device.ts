import type { SerialPort } from "serialport"
import { UserError } from "../../base/errors"
import type { SerialDevice } from "../flash/serial-device"

/** What is known of the USB device behind a port, as `listPorts` tells it. */
export interface UsbIds {
    vendorId?: string
    productId?: string
}

/** A serial port of this machine, with the face of a browser's: for flashing, which sets lines and speed. */
export class SerialPortDevice implements SerialDevice {
    readable: ReadableStream<Uint8Array> | null = null
    writable: WritableStream<Uint8Array> | null = null
    private port: SerialPort | undefined
    private readonly losses = new Set<() => void>()

    constructor(
        private readonly path: string,
        private readonly usb: UsbIds = {},
    ) {}

    async open({ baudRate }: { baudRate: number }): Promise<void> {
        const { SerialPort } = await import("serialport")
        const port = new SerialPort({ path: this.path, baudRate, hupcl: false, autoOpen: false })
        await new Promise<void>((done, failed) =>
            port.open(error =>
                error
                    ? failed(
                          new UserError(
                              "E_CONNECT",
                              `${this.path} cannot be opened: ${error.message.replace(/^Error: /, "")}. Nothing was written. \`heapscope doctor\` tells what is amiss.`,
                          ),
                      )
                    : done(),
            ),
        )
        this.port = port
        let open = true
        this.readable = new ReadableStream({
            cancel: () => void (open = false),
            start: controller => {
                port.on("data", (bytes: Uint8Array) => open && controller.enqueue(bytes))
                port.on("error", () => undefined)
                port.on("close", () => {
                    // Closed by us, it is no longer the one.
                    if (this.port === port) for (const lost of this.losses) lost()
                    if (open) controller.close()
                    open = false
                })
            },
        })
        this.writable = new WritableStream({ write: bytes => write(port, bytes) })
    }

    async close(): Promise<void> {
        const { port } = this
        this.port = undefined
        this.readable = null
        this.writable = null
        if (port?.isOpen) await new Promise<void>(done => port.close(() => done()))
    }

    /** A pseudo-terminal, or a port of some adapters, has no lines: then nothing happens. */
    async setSignals({
        dataTerminalReady: dtr,
        requestToSend: rts,
    }: {
        dataTerminalReady?: boolean
        requestToSend?: boolean
    }): Promise<void> {
        const lines = {
            ...this.lines,
            ...(dtr !== undefined && { dtr }),
            ...(rts !== undefined && { rts }),
        }
        this.lines = lines
        const { port } = this
        if (port) await new Promise<void>(done => port.set(lines, () => done()))
    }
    /** As the system raises them when the port is opened. */
    private lines = { dtr: true, rts: true }

    async setBaudRate(baudRate: number): Promise<void> {
        const { port } = this
        if (port)
            await new Promise<void>((done, failed) =>
                port.update({ baudRate }, error => (error ? failed(error) : done())),
            )
    }

    getInfo(): { usbVendorId?: number; usbProductId?: number } {
        const { vendorId, productId } = this.usb
        if (vendorId === undefined || productId === undefined) return {}
        return {
            usbVendorId: Number.parseInt(vendorId, 16),
            usbProductId: Number.parseInt(productId, 16),
        }
    }

    whenLost(lost: () => void): () => void {
        this.losses.add(lost)
        return () => void this.losses.delete(lost)
    }
}

function write(port: SerialPort, bytes: Uint8Array): Promise<void> {
    return new Promise((done, failed) => {
        if (!port.isOpen) {
            failed(new Error("the port is closed"))
            return
        }
        port.write(Buffer.from(bytes), undefined, error => (error ? failed(error) : done()))
    })
}
