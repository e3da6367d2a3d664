import type { Pins, Pull } from "../../door"
import type { WorldPin } from "../../../documents/world-report"
import type { Surroundings } from "./surroundings"

type Use = WorldPin["use"] | "off"

/**
 * What is at the board's pins: at an input with a pull a button, which somebody presses now and then, at
 * one without a signal that comes and goes as often, and at an analog one a knob that somebody turns.
 */
export class PinsWorld implements Pins {
    private readonly uses = new Map<number, Use>()
    private readonly levels = new Map<number, number>()
    private readonly pulls = new Map<number, Pull>()
    private readonly used = new Map<string, WorldPin>()
    private readonly listeners: ((pin: number, level: number) => void)[] = []

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {}

    drive(pin: number, level: number): void {
        this.note(pin, "output")
        const before = this.levels.get(pin)
        this.levels.set(pin, level)
        if (before !== level) for (const listener of this.listeners) listener(pin, level)
    }

    release(pin: number, use: "off" | "input" | "analog", pull: Pull): void {
        this.note(pin, use)
        this.pulls.set(pin, pull)
        this.levels.delete(pin)
    }

    level(pin: number): number {
        const idle = this.pulls.get(pin) === "up" ? 1 : 0
        return this.surroundings.pressed(this.nowMs(), pin) ? 1 - idle : idle
    }

    analog(pin: number): number {
        return Math.round(this.surroundings.knob(this.nowMs(), pin) * 65_535)
    }

    /** Level the board drives a pin with; undefined when it does not. */
    drivenLevel(pin: number): number | undefined {
        return this.uses.get(pin) === "output" ? this.levels.get(pin) : undefined
    }

    /** Has the listener told of every change of a pin that the board drives. */
    onDriven(listener: (pin: number, level: number) => void): void {
        this.listeners.push(listener)
    }

    reset(): void {
        this.uses.clear()
        this.levels.clear()
        this.pulls.clear()
    }

    usedPins(): WorldPin[] {
        return [...this.used.values()].sort((a, b) => a.pin - b.pin)
    }

    private note(pin: number, use: Use): void {
        this.uses.set(pin, use)
        if (use !== "off") this.used.set(`${pin} ${use}`, { pin, use })
    }
}
