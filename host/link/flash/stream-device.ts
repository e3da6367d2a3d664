import type { ByteStream, Port } from "../transport/byte-stream"
import type { SerialDevice } from "./serial-device"

/** A port without control lines or a speed, as one behind TCP, with the face of a browser's serial port. */
export class StreamDevice implements SerialDevice {
    readable: ReadableStream<Uint8Array> | null = null
    writable: WritableStream<Uint8Array> | null = null
    private stream: ByteStream | undefined
    private readonly losses = new Set<() => void>()

    constructor(private readonly port: Port) {}

    async open(): Promise<void> {
        let controller: ReadableStreamDefaultController<Uint8Array> | undefined
        this.readable = new ReadableStream({
            start: given => void (controller = given),
            cancel: () => void (controller = undefined),
        })
        const stream = await this.port.open({
            data: bytes => controller?.enqueue(bytes.slice()),
            closed: () => {
                controller?.close()
                controller = undefined
                for (const lost of this.losses) lost()
            },
        })
        this.stream = stream
        this.writable = new WritableStream({ write: bytes => stream.write(bytes) })
    }

    async close(): Promise<void> {
        this.readable = null
        this.writable = null
        await this.stream?.close()
        this.stream = undefined
    }

    setSignals(): Promise<void> {
        return Promise.resolve()
    }

    setBaudRate(): Promise<void> {
        return Promise.resolve()
    }

    getInfo(): object {
        return {}
    }

    whenLost(lost: () => void): () => void {
        this.losses.add(lost)
        return () => void this.losses.delete(lost)
    }
}
