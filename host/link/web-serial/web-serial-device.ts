import type { SerialDevice } from "../flash/serial-device"

/** The browser's own serial port, which also tells when it goes. */
export class WebSerialDevice implements SerialDevice {
    constructor(private readonly port: SerialPort) {}

    get readable() {
        return this.port.readable
    }

    get writable() {
        return this.port.writable
    }

    open(options: { baudRate: number }): Promise<void> {
        return this.port.open(options)
    }

    close(): Promise<void> {
        return this.port.close()
    }

    setSignals(signals: { dataTerminalReady?: boolean; requestToSend?: boolean }): Promise<void> {
        return this.port.setSignals(signals)
    }

    getInfo() {
        return this.port.getInfo()
    }

    whenLost(lost: () => void): () => void {
        this.port.addEventListener("disconnect", lost)
        return () => this.port.removeEventListener("disconnect", lost)
    }
}
