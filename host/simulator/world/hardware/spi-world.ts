import type { SpiBus, SpiSettings } from "../../door"
import { ColorPanel } from "./devices/color-panel"
import { PaperPanel } from "./devices/paper-panel"
import type { FourWirePanel } from "./four-wire-panel"
import type { Screen } from "./i2c-device"
import type { PinsWorld } from "./pins-world"
import type { StripsWorld } from "./strips-world"

/** Soft reset, with which ST77xx and ILI9341 begin; a UC8151 begins with its panel setting. */
const SOFT_RESET = 0x01

/**
 * The SPI bus with a display or a strip of LEDs on it. Which pin tells commands from data shows itself: it is the one that
 * rises first after a command, which is a single byte. Which display it is, its first command tells.
 */
export class SpiWorld implements SpiBus {
    settings: SpiSettings | undefined
    transfers = 0
    private panel: FourWirePanel | undefined
    /** The pin that is low for commands. */
    private commandPin: number | undefined
    /** The last single byte, until a pin tells what it was. */
    private undecided: number | undefined

    constructor(
        private readonly pins: PinsWorld,
        private readonly strips: StripsWorld,
    ) {
        pins.onDriven((pin, level) => {
            if (level === 1 && this.undecided !== undefined) {
                this.commandPin = pin
                this.take(this.undecided)
            }
        })
    }

    configure(settings: SpiSettings): void {
        this.settings = settings
    }

    transfer(sent: Uint8Array | undefined): undefined {
        this.transfers++
        if (!sent) return undefined
        if (!this.panel && this.settings && this.strips.sendFrame(this.settings.mosi, sent))
            return undefined
        if (this.commandPin === undefined) {
            this.undecided = sent.length === 1 ? sent[0]! : undefined
            return undefined
        }
        if (this.pins.drivenLevel(this.commandPin) === 0) for (const code of sent) this.take(code)
        else this.panel?.data(sent)
        return undefined
    }

    screens(): Screen[] {
        return this.panel ? [this.panel] : []
    }

    reset(): void {
        this.settings = undefined
        this.commandPin = undefined
        this.undecided = undefined
    }

    private take(command: number): void {
        this.undecided = undefined
        this.panel ??= command === SOFT_RESET ? new ColorPanel() : new PaperPanel()
        this.panel.command(command)
    }
}
