import { Inflate } from "pako"
import { SECTOR_BYTES, type SpiFlash } from "./spi-flash"

/** What a host says that it is about to write to flash. */
export interface DownloadPlan {
    /** Bytes that the region has: what is erased. */
    bytes: number
    packets: number
    packetBytes: number
    address: number
    compressed: boolean
    /** Erases only when what is written comes there, as the loader in RAM does it. */
    erasesLater: boolean
}

/** Writing to flash, packet by packet, as they come or out of a zlib stream. */
export class FlashDownload {
    private next = 0
    private at: number
    private erasedTo: number
    private readonly inflate: Inflate | undefined

    /** The flash has room for the plan. */
    constructor(
        private readonly flash: SpiFlash,
        private readonly plan: DownloadPlan,
    ) {
        this.at = plan.address
        this.erasedTo = plan.address
        if (!plan.erasesLater) this.eraseTo(plan.address + plan.bytes)
        if (!plan.compressed) return
        this.inflate = new Inflate({ chunkSize: SECTOR_BYTES })
        this.inflate.onData = chunk => this.write(chunk as Uint8Array)
    }

    /** @returns whether it was the one that is due, and could be written */
    take(sequence: number, bytes: Uint8Array): boolean {
        const { packets, packetBytes } = this.plan
        if (sequence !== this.next || sequence >= packets || bytes.length > packetBytes)
            return false
        this.next++
        if (!this.inflate) return this.write(bytes)
        this.inflate.push(bytes, false)
        return this.inflate.err === 0
    }

    private write(bytes: Uint8Array): boolean {
        if (!this.flash.has(this.at, bytes.length)) return false
        this.eraseTo(this.at + bytes.length)
        this.flash.write(this.at, bytes)
        this.at += bytes.length
        return true
    }

    private eraseTo(end: number): void {
        if (end <= this.erasedTo) return
        this.flash.erase(this.erasedTo, end - this.erasedTo)
        this.erasedTo = Math.ceil(end / SECTOR_BYTES) * SECTOR_BYTES
    }
}
