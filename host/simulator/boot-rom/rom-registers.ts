import type { RomChip } from "./chips"
import type { SpiFlash } from "./spi-flash"

const MAGIC_AT = 0x40001000
const SPI_COMMAND_AT = 0
/** Of the command register: do what the others say. The chip clears it when that is done. */
const SPI_DO_USER = 1 << 18
const READ_ID = 0x9f
/** More than any host writes: what else it writes is forgotten. */
const MAX_WRITTEN = 1024

/** The memory of a chip as its boot ROM lets a host read and write it: registers, some with a life of their own. */
export class RomRegisters {
    private readonly written = new Map<number, number>()

    constructor(
        private readonly chip: RomChip,
        private readonly flash: SpiFlash,
    ) {}

    /** A 32-bit word, without a sign. What nobody wrote is 0. */
    read(address: number): number {
        return address === MAGIC_AT ? this.chip.magic : (this.written.get(address) ?? 0)
    }

    write(address: number, value: number, mask: number): void {
        const word = ((this.read(address) & ~mask) | (value & mask)) >>> 0
        if (this.written.size < MAX_WRITTEN) this.written.set(address, word)
        const { base, user2, w0 } = this.chip.spi
        if (address !== base + SPI_COMMAND_AT || !(word & SPI_DO_USER)) return
        const command = this.read(base + user2) & 0xff
        this.written.set(base + w0, command === READ_ID ? this.flash.id : 0)
        this.written.set(address, 0)
    }
}
