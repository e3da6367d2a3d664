import type { WorldReport } from "../../../documents/world-report"
import type { WorldControlled } from "../../../model/controls"
import type { Door } from "../../door"
import type { ArrivalQueue } from "../arrival-queue"
import type { Screen } from "./i2c-device"
import { I2cWorld } from "./i2c-world"
import { isTouched, PinsWorld } from "./pins-world"
import { SpiWorld } from "./spi-world"
import { StripsWorld, type Strip } from "./strips-world"
import { NO_PLAN, type WorldPlan } from "../plan"
import { RecordedParts } from "../recorded/recorded-parts"
import type { RecordedCast } from "../recorded/recorded-services"
import { ScriptedSurroundings } from "../scripted-surroundings"
import { makeSurroundings, QUIET } from "../surroundings"

/** All that is wired to the board's pins. */
export class HardwareWorld {
    readonly door: Pick<Door, "pins" | "i2c" | "spi" | "strips">
    /** What the sensors feel and the people do, as far as somebody says it. */
    readonly scripted: ScriptedSurroundings
    readonly i2c: I2cWorld
    private readonly pins: PinsWorld
    private readonly spi: SpiWorld
    private readonly strips = new StripsWorld()

    /**
     * @param seed of what the sensors feel and the people do, a 32-bit number
     * @param isEmpty nobody answers on a bus and nothing happens at a pin
     */
    constructor(
        time: ArrivalQueue,
        seed: number,
        isEmpty = false,
        plan: WorldPlan = NO_PLAN,
        cast?: RecordedCast,
    ) {
        const madeUp = isEmpty ? QUIET : makeSurroundings(seed)
        const surroundings = (this.scripted = new ScriptedSurroundings(madeUp, plan, seed))
        const nowMs = () => time.nowUs / 1000
        const parts = cast && new RecordedParts(time, cast, surroundings)
        this.pins = new PinsWorld(surroundings, nowMs, parts)
        this.i2c = new I2cWorld(surroundings, nowMs, isEmpty, plan.i2c)
        this.spi = new SpiWorld(this.pins, this.strips)
        this.door = { pins: this.pins, i2c: this.i2c, spi: this.spi, strips: this.strips }
        time.onReset(() => {
            this.pins.reset()
            this.spi.reset()
        })
    }

    /** What the program used, and what it found there. */
    report(): Pick<WorldReport, "pins" | "i2cIsMissing" | "addresses" | "displays" | "ledStrips"> {
        return {
            ...(this.i2c.isMissing && { i2cIsMissing: true }),
            pins: this.pins.usedPins(),
            addresses: this.i2c.addresses(),
            displays: this.screens().map(screen => {
                const picture = screen.picture()
                const text = screen.text?.()
                return {
                    name: screen.name,
                    ...(picture && { width: picture.width, height: picture.height }),
                    ...(text && { text }),
                }
            }),
            ledStrips: this.strips.all().map(({ pin, rgb, sent }) => ({
                ...{ pin, leds: Math.floor(rgb.length / 3), sent },
            })),
        }
    }

    /** What is at the pins that somebody can press or turn. */
    controls(): WorldControlled[] {
        return this.pins.usedPins().flatMap(({ pin, use, part, reads }): WorldControlled[] => {
            const name = `pin ${pin}`
            if (use === "analog" && reads)
                return [{ name, what: part ?? "knob", how: "set", low: 0, high: 1 }]
            // An encoder is turned by two pins at once: a knob of the world does that.
            if (use !== "input" || !reads || part === "rotary encoder") return []
            if (part !== undefined && !isTouched(part)) return []
            if (part === "switch") return [{ name, what: part, how: "set", low: 0, high: 1 }]
            return [{ name, what: part ?? "button", how: "press" }]
        })
    }

    /** Every display that the program found. */
    screens(): Screen[] {
        return [...this.i2c.screens(), ...this.spi.screens()]
    }

    ledStrips(): Strip[] {
        return this.strips.all()
    }
}
