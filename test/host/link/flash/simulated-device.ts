import { ROM_CHIPS } from "../../../../host/simulator/boot-rom/chips"
import { EspBoard, type EspMode } from "../../../../host/simulator/boot-rom/esp-board"
import { SpiFlash } from "../../../../host/simulator/boot-rom/spi-flash"
import type { SerialDevice } from "../../../../host/link/flash/serial-device"

export interface SimulatedDeviceOptions {
    archId: string
    flashBytes?: number
    usb?: { usbVendorId: number; usbProductId: number }
    /** Cuts the cable when the host has sent so many bytes. */
    cutAfterBytes?: number
    onReset?: (mode: EspMode) => void
}

/** An ESP32 out of its box, at a serial port of a browser's kind. */
export class SimulatedDevice implements SerialDevice {
    readonly flash: SpiFlash
    readonly board: EspBoard
    readable: ReadableStream<Uint8Array> | null = null
    writable: WritableStream<Uint8Array> | null = null
    /** What the host has set the speed to, each time. */
    readonly bauds: number[] = []
    sentBytes = 0
    private controller: ReadableStreamDefaultController<Uint8Array> | undefined
    private lines = { dtr: true, rts: true }
    private isGone = false
    private readonly losses = new Set<() => void>()

    constructor(private readonly options: SimulatedDeviceOptions) {
        this.flash = new SpiFlash(options.flashBytes ?? 4 << 20)
        this.board = new EspBoard({
            chip: ROM_CHIPS[options.archId]!,
            flash: this.flash,
            send: bytes => this.controller?.enqueue(bytes),
            ...(options.onReset && { onReset: options.onReset }),
        })
    }

    open({ baudRate }: { baudRate: number }): Promise<void> {
        if (this.isGone) return Promise.reject(new Error("The device has been lost."))
        this.bauds.push(baudRate)
        this.readable = new ReadableStream({
            start: controller => void (this.controller = controller),
        })
        this.writable = new WritableStream({
            write: bytes => {
                if (this.isGone) throw new Error("The device has been lost.")
                this.sentBytes += bytes.length
                if (this.sentBytes > (this.options.cutAfterBytes ?? Infinity)) this.pull()
                else this.board.receive(bytes)
            },
        })
        return Promise.resolve()
    }

    close(): Promise<void> {
        this.controller = undefined
        this.readable = null
        this.writable = null
        return Promise.resolve()
    }

    setSignals(signals: { dataTerminalReady?: boolean; requestToSend?: boolean }): Promise<void> {
        const { dataTerminalReady: dtr = this.lines.dtr, requestToSend: rts = this.lines.rts } =
            signals
        this.lines = { dtr, rts }
        if (!this.isGone) this.board.setLines(this.lines)
        return Promise.resolve()
    }

    setBaudRate(baudRate: number): Promise<void> {
        this.bauds.push(baudRate)
        return Promise.resolve()
    }

    getInfo() {
        return this.options.usb ?? { usbVendorId: 0x303a, usbProductId: 0x1001 }
    }

    whenLost(lost: () => void): () => void {
        this.losses.add(lost)
        return () => void this.losses.delete(lost)
    }

    /** Somebody pulls the cable. */
    pull(): void {
        this.isGone = true
        this.controller?.error(new Error("The device has been lost."))
        this.controller = undefined
        for (const lost of this.losses) lost()
    }
}
