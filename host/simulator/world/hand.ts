import type { ControlsEvent } from "../../model/events"
import type { HandAction, WorldControlled } from "../../model/controls"
import type { World } from "./world"

/** How long a press by hand takes, in simulated milliseconds. */
const PRESS_MS = 200

/** Tells what of a world somebody can press, turn and set, whenever that has changed. */
export class ControlsTeller {
    private last = "[]"

    constructor(private readonly world: Pick<World, "controls">) {}

    /** What there is now; undefined when that was told already. */
    news(atMs: number): ControlsEvent | undefined {
        const controls = this.world.controls()
        const now = JSON.stringify(controls)
        if (now === this.last) return undefined
        this.last = now
        return { kind: "controls", atMs, controls }
    }
}

/** Does by hand what somebody asked for. @returns why it cannot be done, if it cannot */
export function actByHand(world: World, { name, to }: HandAction): string | undefined {
    const one = world.controls().find(each => each.name === name)
    const why = one && world.control ? act(one, to, world.control) : "it is not there"
    return why === undefined ? undefined : `heapscope: ${name}: ${why}`
}

function act(
    { name, how, low = 0, high = 1 }: WorldControlled,
    to: number | undefined,
    control: NonNullable<World["control"]>,
): string | undefined {
    const [, digits] = /^pin (\d+)$/.exec(name) ?? []
    const pin = digits === undefined ? undefined : Number(digits)
    if (how === "press") {
        if (pin === undefined) return control.pressRole(name, PRESS_MS)
        control.pressPin(pin, PRESS_MS)
        return undefined
    }
    if (to === undefined) return "say to what"
    if (how === "turn") return control.turnRole(name, undefined, Math.trunc(to))
    const value = Math.min(high, Math.max(low, to))
    if (pin === undefined) return control.setRole(name, [value])
    control.setPin(pin, () => value)
    return undefined
}
