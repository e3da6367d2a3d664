/** Commands after which a pin that was low at each of them, and high between them, is the chip select. */
const SURE = 3

/**
 * The pins by which a board speaks to one display on an SPI bus: the one that is low for commands (D/C) is
 * known from the start, the one that is low while the display is meant (CS) shows itself with time.
 */
export class PanelWires {
    /** Pins that were low at every command, and how often they have risen after one. */
    private candidates: Map<number, number> | undefined
    /** Those that have risen since the last command. */
    private readonly risen = new Set<number>()
    private select: number | undefined

    /** @param command the pin that is low for commands */
    constructor(readonly command: number) {}

    /** A command was sent. @param low the pins that the board drives low meanwhile */
    commanded(low: readonly number[]): void {
        this.risen.clear()
        if (this.select !== undefined) return
        const before = this.candidates
        this.candidates = new Map(
            low
                .filter(pin => pin !== this.command && (before?.has(pin) ?? true))
                .map(pin => [pin, before?.get(pin) ?? 0]),
        )
    }

    /** A pin rose while this display was the one spoken to last. */
    rose(pin: number): void {
        const rises = this.candidates?.get(pin)
        if (this.select !== undefined || rises === undefined || this.risen.has(pin)) return
        this.risen.add(pin)
        this.candidates!.set(pin, rises + 1)
        if (rises + 1 === SURE) this.select = pin
    }

    /** The display is known to be meant. */
    isSelected(isLow: (pin: number) => boolean): boolean {
        return this.select !== undefined && isLow(this.select)
    }

    /** The display is known not to be meant. */
    isDeselected(isLow: (pin: number) => boolean): boolean {
        return this.select !== undefined && !isLow(this.select)
    }
}
