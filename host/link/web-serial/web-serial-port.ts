import { UserError } from "../../base/errors"
import { usbIdOf } from "../flash/serial-device"
import { BAUD_RATE } from "../transport/baud-rate"
import type { ByteStream, ByteStreamListener, Port } from "../transport/byte-stream"
import { WebSerialDevice } from "./web-serial-device"

/** What may wait in the browser before the tab takes it. Bytes. */
const BUFFER_BYTES = 65_536

/** How people call a serial port, of which a browser tells the USB device alone. */
export function nameOfPort(port: SerialPort): string {
    const id = usbIdOf(new WebSerialDevice(port))
    return id === undefined ? "the serial port" : `USB ${id}`
}

/** A board at a serial port of the browser, opened and closed without resetting it. */
export class WebSerialPort implements Port {
    readonly address: string

    constructor(private port: SerialPort) {
        this.address = nameOfPort(port)
    }

    async open(listener: ByteStreamListener): Promise<ByteStream> {
        await this.openPort()
        const { port } = this
        let isClosed = false
        let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
        const writer = port.writable!.getWriter()
        // The stream breaks with it; that is told where it is read.
        writer.closed.catch(() => undefined)
        const release = async () => {
            isClosed = true
            await reader?.cancel().catch(() => undefined)
            await reading
            writer.releaseLock()
            await port.close().catch(() => undefined)
        }
        const read = async (): Promise<void> => {
            // After an error on the line the port has another stream; when it is gone it has none.
            while (port.readable && !isClosed) {
                reader = port.readable.getReader()
                try {
                    for (;;) {
                        const { value, done } = await reader.read()
                        if (done) break
                        listener.data(value)
                    }
                } catch {
                    // Told below, if it was the last of them.
                } finally {
                    reader.releaseLock()
                }
            }
        }
        const reading = read()
        void reading.then(async () => {
            if (isClosed) return
            await release()
            listener.closed(undefined)
        })
        return {
            write: bytes => writer.write(bytes.slice()),
            close: release,
        }
    }

    /** A board that was reset, or plugged in again, is another port to the browser. */
    private async openPort(): Promise<void> {
        try {
            await this.openOne(this.port)
        } catch (error) {
            // One that is there is another program's, and not the next of its kind.
            const others = this.port.connected ? [] : await navigator.serial.getPorts()
            const again = others.find(
                port => port !== this.port && nameOfPort(port) === this.address,
            )
            if (!again) throw this.explain(error as Error)
            await this.openOne(again).catch((failed: Error) => {
                throw this.explain(failed)
            })
            this.port = again
        }
    }

    private async openOne(port: SerialPort): Promise<void> {
        await port.open({ baudRate: BAUD_RATE, bufferSize: BUFFER_BYTES })
        // Both in one step, whatever the system has done: that resets no board, and one with USB of its own may send.
        await port
            .setSignals({ dataTerminalReady: true, requestToSend: true })
            .catch(() => undefined)
    }

    private explain({ message }: Error): UserError {
        return new UserError(
            "E_CONNECT",
            `${this.address} cannot be opened: ${message.replace(/\.$/, "")}. Is another program using it, or another tab? Or it is unplugged.`,
        )
    }
}
