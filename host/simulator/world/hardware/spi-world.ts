import type { SpiBus, SpiSettings } from "../../door"
import { ColorPanel } from "./devices/color-panel"
import { PaperPanel } from "./devices/paper-panel"
import type { FourWirePanel } from "./four-wire-panel"
import type { Screen } from "./i2c-device"
import { PanelWires } from "./panel-wires"
import type { PinsWorld } from "./pins-world"
import type { StripsWorld } from "./strips-world"

/** Soft reset, with which ST77xx and ILI9341 begin; a UC8151 begins with its panel setting. */
const SOFT_RESET = 0x01

/** A display on the bus, and the pins by which it is spoken to. */
interface Connected {
    panel: FourWirePanel
    wires: PanelWires
}

/**
 * The SPI bus with displays or a strip of LEDs on it. Nobody says which pins are a display's: they show
 * themselves by how the board uses them. Which display it is, its first command tells.
 */
export class SpiWorld implements SpiBus {
    settings: SpiSettings | undefined
    transfers = 0
    private readonly connected: Connected[] = []
    /** The one that was spoken to last. */
    private current: Connected | undefined
    /** The last single byte that was for no display that we know, until a pin tells what it was. */
    private undecided: number | undefined

    constructor(
        private readonly pins: PinsWorld,
        private readonly strips: StripsWorld,
    ) {
        pins.onDriven((pin, level) => {
            if (level === 0) return
            if (this.undecided !== undefined) this.meet(pin, this.undecided)
            else this.current?.wires.rose(pin)
        })
    }

    configure(settings: SpiSettings): void {
        this.settings = settings
    }

    transfer(sent: Uint8Array | undefined): undefined {
        this.transfers++
        if (!sent) return undefined
        const isFirst = this.connected.length === 0
        if (isFirst && this.settings && this.strips.sendFrame(this.settings.mosi, sent))
            return undefined
        const isLow = (pin: number) => this.pins.drivenLevel(pin) === 0
        const meant = this.connected.find(({ wires }) => wires.isSelected(isLow)) ?? this.current
        if (!meant || meant.wires.isDeselected(isLow)) {
            this.undecided = sent.length === 1 ? sent[0]! : undefined
            return undefined
        }
        this.undecided = undefined
        this.current = meant
        if (isLow(meant.wires.command)) for (const code of sent) this.command(meant, code)
        else meant.panel.data(sent)
        return undefined
    }

    screens(): Screen[] {
        return this.connected.map(({ panel }) => panel)
    }

    reset(): void {
        this.settings = undefined
        this.current = undefined
        this.undecided = undefined
    }

    /**
     * A byte was a command for a display that we did not know to be meant.
     * @param pin that tells commands from data: it is the one that rises first after a command
     */
    private meet(pin: number, command: number): void {
        this.undecided = undefined
        const isLow = (other: number) => this.pins.drivenLevel(other) === 0
        const known = this.connected.find(
            ({ wires }) => wires.command === pin && !wires.isDeselected(isLow),
        )
        const met = known ?? {
            panel: command === SOFT_RESET ? new ColorPanel() : new PaperPanel(),
            wires: new PanelWires(pin),
        }
        if (!known) this.connected.push(met)
        this.current = met
        this.command(met, command)
    }

    private command(to: Connected, code: number): void {
        to.wires.commanded(this.pins.lowOutputs())
        to.panel.command(code)
    }
}
