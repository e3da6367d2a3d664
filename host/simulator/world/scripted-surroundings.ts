import type { Quantity, WorldPlan } from "./plan"
import { seedOf } from "./seed-of"
import type { Signal } from "./signals"
import type { Surroundings } from "./surroundings"

/** Surroundings of which somebody has said a part, and may say more at any time. */
export class ScriptedSurroundings implements Surroundings {
    private readonly quantities = new Map<Quantity, Signal>()
    private readonly pins = new Map<number, Signal>()
    /** By pin, whether somebody holds its button now. */
    private readonly held = new Map<number, boolean>()
    /** By pin, until when somebody presses it, in simulated milliseconds. */
    private readonly presses = new Map<number, number>()

    constructor(
        private readonly rest: Surroundings,
        private readonly plan: WorldPlan,
        seed: number,
    ) {
        for (const [name, signal] of plan.quantities)
            this.quantities.set(name, signal(seedOf(seed, name)))
        for (const [pin, signal] of plan.pins)
            this.pins.set(pin, signal(seedOf(seed, `pin ${pin}`)))
    }

    setQuantity(quantity: Quantity, signal: Signal): void {
        this.quantities.set(quantity, signal)
    }

    setPin(pin: number, signal: Signal): void {
        this.pins.set(pin, signal)
    }

    /** Somebody presses a pin's button, or lets go of it, and nobody else touches it from now on. */
    hold(pin: number, isPressed: boolean): void {
        this.held.set(pin, isPressed)
    }

    press(pin: number, untilMs: number): void {
        this.presses.set(pin, untilMs)
    }

    temperature(nowMs: number): number {
        return this.felt("temperature", nowMs)
    }

    humidity(nowMs: number): number {
        return this.felt("humidity", nowMs)
    }

    pressure(nowMs: number): number {
        return this.felt("pressure", nowMs)
    }

    illuminance(nowMs: number): number {
        return this.felt("illuminance", nowMs)
    }

    uvIndex(nowMs: number): number {
        return this.felt("uvIndex", nowMs)
    }

    sway(nowMs: number, axis: number): number {
        return this.rest.sway(nowMs, axis)
    }

    share(nowMs: number, pin: number): number | undefined {
        const signal = this.pins.get(pin)
        return signal && Math.min(1, Math.max(0, signal(nowMs)))
    }

    knob(nowMs: number, pin: number): number {
        const share = this.share(nowMs, pin)
        if (share !== undefined) return share
        return this.plan.handled.pins.has(pin) ? 0 : this.rest.knob(nowMs, pin)
    }

    pressed(nowMs: number, pin: number): boolean {
        const held = this.held.get(pin)
        if (held !== undefined) return held
        if (nowMs < (this.presses.get(pin) ?? 0)) return true
        if (this.plan.handled.pins.has(pin)) return false
        return this.rest.pressed(nowMs, pin)
    }

    level(nowMs: number, pin: number): number | undefined {
        const signal = this.pins.get(pin)
        return signal && (signal(nowMs) >= 0.5 ? 1 : 0)
    }

    private felt(quantity: Quantity, nowMs: number): number {
        return this.quantities.get(quantity)?.(nowMs) ?? this.rest[quantity](nowMs)
    }
}
