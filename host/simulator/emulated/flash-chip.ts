/** Commands of a serial flash that firmware sends it directly (W25Q16JV datasheet, section 8.1.2). */
const READ_UNIQUE_ID = 0x4b
const READ_JEDEC_ID = 0x9f
/** The answer follows the command and four bytes that mean nothing. */
const UNIQUE_ID_AT = 5
/** Winbond, and 2 MiB. */
const JEDEC_ID = [0xef, 0x40, 0x15] as const

/** The flash beside the chip: what it holds, and the wire that it is spoken to over. */
export class FlashChip {
    readonly sectorBytes = 4096
    readonly pageBytes = 256
    private sent: number[] = []
    private answers: number[] = []
    private selected = false

    /**
     * @param bytes what it holds, as the processor sees it
     * @param size its own size: what comes after is not there
     * @param uniqueId 8 bytes, by which firmware knows the board
     */
    constructor(
        private readonly bytes: Uint8Array,
        readonly size: number,
        private readonly uniqueId: Uint8Array,
    ) {}

    erase(from: number, count: number): void {
        this.bytes.fill(0xff, from, Math.min(from + count, this.size))
    }

    /** Only ones become zeros, as it is with flash. */
    program(to: number, data: Uint8Array): void {
        for (let i = 0; i < data.length && to + i < this.size; i++) this.bytes[to + i]! &= data[i]!
    }

    /** Its select line: a command begins when it is chosen. */
    select(isSelected: boolean): void {
        if (isSelected && !this.selected) this.sent = []
        this.selected = isSelected
    }

    /** What came back and nobody took is forgotten: the wire is set up anew. */
    forget(): void {
        this.answers = []
    }

    /** A byte over the wire, which brings one back. */
    send(byte: number): void {
        this.sent.push(byte)
        this.answers.push(this.answer())
    }

    /** The oldest byte that came back and was not taken; a status of "ready" where there is none. */
    receive(): number {
        return this.answers.shift() ?? 0
    }

    private answer(): number {
        const at = this.sent.length - 1
        if (!this.selected) return 0
        if (this.sent[0] === READ_UNIQUE_ID) return this.uniqueId[at - UNIQUE_ID_AT] ?? 0
        if (this.sent[0] === READ_JEDEC_ID) return JEDEC_ID[at - 1] ?? 0
        return 0
    }
}
