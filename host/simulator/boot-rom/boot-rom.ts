import { md5 } from "@noble/hashes/legacy.js"
import { toHex } from "../../base/hex"
import type { RomChip } from "./chips"
import { FlashDownload } from "./flash-download"
import { RomRegisters } from "./rom-registers"
import { encodeSlip, SlipDecoder } from "./slip"
import type { SpiFlash } from "./spi-flash"

/** Commands of the serial protocol (Espressif, esptool documentation, "Serial Protocol"). */
const COMMAND = {
    flashBegin: 0x02,
    flashData: 0x03,
    flashEnd: 0x04,
    memoryBegin: 0x05,
    memoryEnd: 0x06,
    memoryData: 0x07,
    sync: 0x08,
    writeRegister: 0x09,
    readRegister: 0x0a,
    setParameters: 0x0b,
    attach: 0x0d,
    changeBaud: 0x0f,
    deflateBegin: 0x10,
    deflateData: 0x11,
    deflateEnd: 0x12,
    flashMd5: 0x13,
    securityInfo: 0x14,
    eraseFlash: 0xd0,
    eraseRegion: 0xd1,
    readFlash: 0xd2,
    runUserCode: 0xd3,
} as const

const ERROR = { parameter: 0x01, format: 0x05, failed: 0x06, checksum: 0x07 } as const
/** The same of the loader that a host puts into RAM. */
const STUB_ERROR = { checksum: 0xc1, failed: 0xc5, unknown: 0xff } as const

const SYNC = [0x07, 0x07, 0x12, 0x20]
const SYNC_VALUE = 0x20120707
/** How often the ROM answers to what it was synchronised with, and to what it does not know. */
const REPEATED = 8
const CHECKSUM_SEED = 0xef
const HELLO = new TextEncoder().encode("OHAI")
/** What of a packet of data comes before the data: its length, its number, two words for nothing. */
const DATA_HEADER_BYTES = 16
/** The largest packet that a host sends is 16 KiB of data, every byte escaped. */
const MAX_PACKET_BYTES = 40_000

/** What is answered: a word, and bytes before the status; or why not. */
type Answer = { value?: number; data?: Uint8Array } | { error: number }

export interface BootRomOptions {
    chip: RomChip
    flash: SpiFlash
    /** Gets bytes for the host. */
    send: (bytes: Uint8Array) => void
    /** The host has the chip start what is in its flash. */
    onReboot: () => void
}

/**
 * The serial loader in the boot ROM of an ESP32, and the one that a host loads into its RAM: what is loaded is
 * not run, but taken for Espressif's, which differs in what it answers and knows more commands.
 */
export class BootRom {
    /** Bits a second that it was told to go on with. */
    baud = 115_200
    private isStub = false
    private isAttached = false
    private isSynchronised = false
    private readonly registers: RomRegisters
    private readonly decoder = new SlipDecoder(packet => this.take(packet), MAX_PACKET_BYTES)
    private memory: { from: number; to: number; next: number; packets: number } | undefined
    private readonly loaded: { from: number; to: number }[] = []
    private download: FlashDownload | undefined
    /** What of the flash is being sent, in packets that the host confirms. */
    private reading: { at: number; end: number; packetBytes: number; start: number } | undefined

    constructor(private readonly options: BootRomOptions) {
        this.registers = new RomRegisters(options.chip, options.flash)
    }

    /** Bytes from the host. */
    receive(bytes: Uint8Array): void {
        this.decoder.push(bytes)
    }

    private take(packet: Uint8Array): void {
        if (this.reading && packet.length === 4) {
            this.sendFlash()
            return
        }
        if (packet.length < 8 || packet[0] !== 0) return
        const view = new DataView(packet.buffer, packet.byteOffset, packet.length)
        const command = packet[1]!
        const body = packet.subarray(8)
        if (view.getUint16(2, true) !== body.length) return
        if (command !== COMMAND.sync && !this.isSynchronised) return
        const answer = this.obey(command, body, view.getUint32(4, true))
        const isUnknown = "error" in answer && answer.error === ERROR.format
        const again = command === COMMAND.sync || isUnknown
        for (let time = 0; time < (again && !this.isStub ? REPEATED : 1); time++)
            this.answer(command, answer)
        this.afterwards(command, body)
    }

    private answer(command: number, answer: Answer): void {
        const failed = "error" in answer
        const data = failed ? new Uint8Array(0) : (answer.data ?? new Uint8Array(0))
        // The ROM has two more bytes after its status, for nothing.
        const status = new Uint8Array(this.isStub ? 2 : 4)
        if (failed) status.set([1, answer.error])
        const packet = new Uint8Array(8 + data.length + status.length)
        packet.set([1, command])
        const view = new DataView(packet.buffer)
        view.setUint16(2, data.length + status.length, true)
        view.setUint32(4, failed ? 0 : (answer.value ?? 0), true)
        packet.set(data, 8)
        packet.set(status, 8 + data.length)
        this.options.send(encodeSlip(packet))
    }

    private obey(command: number, body: Uint8Array, checksum: number): Answer {
        const { flash } = this.options
        const words = wordsOf(body)
        const [first = 0, second = 0, third = 0, fourth = 0] = words
        switch (command) {
            case COMMAND.sync:
                this.isSynchronised ||= SYNC.every((byte, index) => body[index] === byte)
                return { value: this.isStub ? 0 : SYNC_VALUE }
            case COMMAND.readRegister:
                return { value: this.registers.read(first) }
            case COMMAND.writeRegister:
                this.registers.write(first, second, third)
                return {}
            case COMMAND.memoryBegin:
                this.memory = { from: fourth, to: fourth + first, next: 0, packets: second }
                return {}
            case COMMAND.memoryData:
                return this.takeMemory(body, checksum)
            case COMMAND.memoryEnd:
                return this.isLoaded(second) || first === 1 ? {} : { error: ERROR.failed }
            case COMMAND.attach:
                this.isAttached = true
                return {}
            case COMMAND.setParameters:
                return {}
            case COMMAND.changeBaud:
                this.baud = first
                return {}
            case COMMAND.flashBegin:
            case COMMAND.deflateBegin:
                return this.begin(words, command === COMMAND.deflateBegin)
            case COMMAND.flashData:
            case COMMAND.deflateData:
                return this.takeFlash(body, checksum)
            case COMMAND.flashEnd:
            case COMMAND.deflateEnd:
                this.download = undefined
                return {}
            case COMMAND.flashMd5: {
                if (!this.canReach(first, second)) return this.failed()
                const sum = md5(flash.bytes.subarray(first, first + second))
                return { data: this.isStub ? sum : new TextEncoder().encode(toHex(sum)) }
            }
            case COMMAND.securityInfo:
                return this.securityInfo()
            default:
                return this.isStub ? this.obeyAsStub(command, words) : { error: ERROR.format }
        }
    }

    /** What the loader in RAM can do besides. */
    private obeyAsStub(command: number, [first = 0, second = 0, , fourth = 0]: number[]): Answer {
        const { flash } = this.options
        switch (command) {
            case COMMAND.eraseFlash:
                flash.erase(0, flash.sizeBytes)
                return {}
            case COMMAND.eraseRegion:
                if (!flash.has(first, second)) return this.failed()
                flash.erase(first, second)
                return {}
            case COMMAND.readFlash:
                if (!flash.has(first, second) || fourth === 0) return this.failed()
                this.reading = { start: first, at: first, end: first + second, packetBytes: 1024 }
                return {}
            case COMMAND.runUserCode:
                return {}
            default:
                return { error: STUB_ERROR.unknown }
        }
    }

    /** What comes of a command once it is answered. */
    private afterwards(command: number, body: Uint8Array): void {
        const [first = 0, second = 0] = wordsOf(body)
        if (command === COMMAND.memoryEnd && first === 0 && this.isLoaded(second)) {
            this.isStub = true
            this.isAttached = true
            this.options.send(encodeSlip(HELLO))
        }
        if (command === COMMAND.readFlash && this.reading) this.sendFlash()
        const ends = command === COMMAND.flashEnd || command === COMMAND.deflateEnd
        if ((ends && first === 0) || (this.isStub && command === COMMAND.runUserCode))
            this.options.onReboot()
    }

    private begin(
        [bytes = 0, packets = 0, packetBytes = 0, address = 0]: number[],
        compressed: boolean,
    ): Answer {
        if (!this.canReach(address, bytes)) return this.failed()
        const plan = { bytes, packets, packetBytes, address, compressed }
        this.download = new FlashDownload(this.options.flash, { ...plan, erasesLater: this.isStub })
        return {}
    }

    private takeFlash(body: Uint8Array, checksum: number): Answer {
        const data = dataOf(body)
        if (!this.download || !data) return this.failed()
        if (data.checksum !== checksum)
            return { error: this.isStub ? STUB_ERROR.checksum : ERROR.checksum }
        return this.download.take(data.sequence, data.bytes) ? {} : this.failed()
    }

    private takeMemory(body: Uint8Array, checksum: number): Answer {
        const data = dataOf(body)
        const { memory } = this
        if (!memory || !data) return { error: ERROR.failed }
        if (data.checksum !== checksum) return { error: ERROR.checksum }
        if (data.sequence !== memory.next) return { error: ERROR.failed }
        if (++memory.next === memory.packets) this.loaded.push(memory)
        return {}
    }

    private isLoaded(entry: number): boolean {
        return this.loaded.some(({ from, to }) => entry >= from && entry < to)
    }

    private canReach(address: number, length: number): boolean {
        return this.isAttached && this.options.flash.has(address, length)
    }

    private failed(): Answer {
        return { error: this.isStub ? STUB_ERROR.failed : ERROR.failed }
    }

    /** Flags, a count, seven purposes of keys; then its id and its revision, if it tells those. */
    private securityInfo(): Answer {
        const { chipId, securityBytes } = this.options.chip
        if (securityBytes === 0) return { error: ERROR.format }
        const data = new Uint8Array(securityBytes)
        if (securityBytes > 12) new DataView(data.buffer).setUint32(12, chipId, true)
        return { data }
    }

    /** The next packet of the flash that is read, and after the last a sum of all. */
    private sendFlash(): void {
        const { flash, send } = this.options
        const reading = this.reading!
        const { at, end, packetBytes, start } = reading
        if (at < end) {
            reading.at = Math.min(end, at + packetBytes)
            send(encodeSlip(flash.bytes.subarray(at, reading.at)))
            return
        }
        this.reading = undefined
        send(encodeSlip(md5(flash.bytes.subarray(start, end))))
    }
}

function wordsOf(body: Uint8Array): number[] {
    const view = new DataView(body.buffer, body.byteOffset, body.length)
    const count = Math.min(5, Math.floor(body.length / 4))
    return Array.from({ length: count }, (_, index) => view.getUint32(index * 4, true))
}

/** What a packet of data holds; nothing of one that is not as long as it says. */
function dataOf(
    body: Uint8Array,
): { sequence: number; bytes: Uint8Array; checksum: number } | undefined {
    const [length, sequence = 0] = wordsOf(body)
    const bytes = body.subarray(DATA_HEADER_BYTES)
    if (body.length < DATA_HEADER_BYTES || bytes.length !== length) return undefined
    return { sequence, bytes, checksum: bytes.reduce((sum, byte) => sum ^ byte, CHECKSUM_SEED) }
}
