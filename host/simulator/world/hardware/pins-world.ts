import type { Pins, Pull } from "../../door"
import type { WorldPin } from "../../../documents/world-report"
import type { RecordedParts } from "../recorded/recorded-parts"
import type { Surroundings } from "../surroundings"

type Use = WorldPin["use"] | "off"

/** Quarters of a click in the whole range of a rotary encoder that somebody turns. */
const ENCODER_STEPS = 96
/** Light at which a light sensor reads its most, in lux. */
const FULL_LIGHT = 10_000
/** What a chip's own heat adds to that of the room, in degrees. */
const CHIP_HEAT = 9

const ROTARY_ENCODER = "rotary encoder"
const LIGHT_SENSOR = "light sensor"
/** What nobody presses: their outputs stay as they are at rest. */
const UNTOUCHED: readonly string[] = ["power limiter", "power supply"]

/** Whether somebody can press it, or holds a hand before it, by the name of the part at a pin. */
export function isTouched(part: string): boolean {
    return !UNTOUCHED.includes(part)
}

/** What the firmware takes to be at a pin. */
interface Part {
    name: string
    pins: readonly number[]
    atRest: number | undefined
}

/**
 * What is at the board's pins: what its firmware takes to be there, or else at an input with a pull a
 * button, which somebody presses now and then, at one without a signal that comes and goes as often, and
 * at an analog one a knob that somebody turns.
 */
export class PinsWorld implements Pins {
    private readonly uses = new Map<number, Use>()
    private readonly levels = new Map<number, number>()
    private readonly pulls = new Map<number, Pull>()
    private readonly used = new Map<string, WorldPin>()
    private readonly parts = new Map<number, Part>()
    private readonly listeners: ((pin: number, level: number) => void)[] = []

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
        private readonly recorded?: Pick<RecordedParts, "wired">,
    ) {}

    drive(pin: number, level: number): void {
        const note = this.note(pin, "output")
        const before = this.levels.get(pin)
        this.levels.set(pin, level)
        if (before !== level && note) note.changes = (note.changes ?? 0) + 1
        if (before !== level) for (const listener of this.listeners) listener(pin, level)
    }

    release(pin: number, use: "off" | "input" | "analog", pull: Pull): void {
        this.note(pin, use)
        this.pulls.set(pin, pull)
        this.levels.delete(pin)
    }

    level(pin: number): number {
        this.read(pin, "input")
        const given = this.surroundings.level?.(this.nowMs(), pin)
        if (given !== undefined) return given
        const part = this.parts.get(pin)
        if (part?.name === ROTARY_ENCODER) return this.contact(part, pin)
        const idle = part?.atRest ?? (this.pulls.get(pin) === "up" ? 1 : 0)
        if (part && !isTouched(part.name)) return idle
        return this.surroundings.pressed(this.nowMs(), pin) ? 1 - idle : idle
    }

    analog(pin: number): number {
        this.read(pin, "analog")
        const { surroundings } = this
        const nowMs = this.nowMs()
        const isLight = this.parts.get(pin)?.name === LIGHT_SENSOR
        const given = surroundings.share?.(nowMs, pin)
        const part =
            given ??
            (isLight
                ? Math.min(surroundings.illuminance(nowMs) / FULL_LIGHT, 1)
                : surroundings.knob(nowMs, pin))
        return Math.round(part * 65_535)
    }

    pulse(pin: number, periodUs: number, pulseUs: number): void {
        const note = this.note(pin, "pulses")
        this.levels.delete(pin)
        if (!note) return
        if (note.periodUs !== periodUs || note.pulseUs !== pulseUs)
            note.changes = (note.changes ?? 0) + 1
        Object.assign(note, { periodUs, pulseUs })
    }

    wired(name: string, pins: readonly number[], atRest?: number): void {
        for (const pin of pins) this.parts.set(pin, { name, pins, atRest })
        this.recorded?.wired(name, pins)
    }

    temperature(): number {
        return this.surroundings.temperature(this.nowMs()) + CHIP_HEAT
    }

    /** Level the board drives a pin with; undefined when it does not. */
    drivenLevel(pin: number): number | undefined {
        return this.uses.get(pin) === "output" ? this.levels.get(pin) : undefined
    }

    /** The pins that the board drives low. */
    lowOutputs(): number[] {
        return [...this.levels].flatMap(([pin, level]) =>
            level === 0 && this.uses.get(pin) === "output" ? pin : [],
        )
    }

    /** Has the listener told of every change of a pin that the board drives. */
    onDriven(listener: (pin: number, level: number) => void): void {
        this.listeners.push(listener)
    }

    reset(): void {
        this.uses.clear()
        this.levels.clear()
        this.pulls.clear()
        this.parts.clear()
    }

    usedPins(): WorldPin[] {
        // An output that is let go now and then is no input.
        const isDriven = (pin: number) =>
            this.used.has(`${pin} output`) || this.used.has(`${pin} pulses`)
        return [...this.used.values()]
            .filter(({ pin, use, reads }) => use !== "input" || reads || !isDriven(pin))
            .sort((a, b) => a.pin - b.pin)
    }

    /** One of an encoder's two contacts, which close a quarter of a click after one another. */
    private contact({ pins }: Part, pin: number): number {
        const turned = this.surroundings.knob(this.nowMs(), pins[0]!) * ENCODER_STEPS
        const quarter = Math.floor(turned) & 3
        return Number(pin === pins[0] ? quarter === 1 || quarter === 2 : quarter >= 2)
    }

    private read(pin: number, use: "input" | "analog"): void {
        const note = this.used.get(`${pin} ${use}`)
        if (note) note.reads = (note.reads ?? 0) + 1
    }

    private note(pin: number, use: Use): WorldPin | undefined {
        this.uses.set(pin, use)
        if (use === "off") return undefined
        const key = `${pin} ${use}`
        const part = this.parts.get(pin)?.name
        const note = this.used.get(key) ?? { pin, use }
        if (part !== undefined) note.part = part
        this.used.set(key, note)
        return note
    }
}
