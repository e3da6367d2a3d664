import { CTX, PIN_STATE } from "../../model/heap/layout"
import type { Pins, Pull } from "../door"
import { BUILTIN_STRING, type VmValues } from "./vm-values"

/** The base of a pin's mode, in its low four bits; the pull or level stands above (`JD_GPIO_MODE_*`). */
const MODE = { off: 0, input: 1, output: 2, analogIn: 3 } as const
const MODE_UP = 0x10
const MODE_DOWN = 0x20
/** `JD_GPIO_CAPABILITIES_ANALOG`; the VM itself gives a pin all the others. */
const CAPABILITY_ANALOG = 0x10
const ANALOG_RANGE = 65_536

/** A pin's methods and properties as `impl_gpio.c` has them on a board; none of them allocates. */
export function gpioFunctions(values: VmValues, pins: Pins, analogPins: readonly number[]) {
    const { words, bytes, vm } = values

    /** The state of the pin whose object is the value at this address, or 0 after the VM threw. */
    const stateOf = (ctx: number, value: number): number => {
        const first = words[(ctx + CTX.pinState) >>> 2]!
        const count = bytes[ctx + CTX.numPins]! | (bytes[ctx + CTX.numPins + 1]! << 8)
        for (let index = 0; index < count; index++) {
            const state = first + index * PIN_STATE.size
            const object = (state + PIN_STATE.object) >>> 2
            if (
                words[object] === words[value >>> 2] &&
                words[object + 1] === words[(value >>> 2) + 1]
            )
                return state
        }
        values.throwExpecting(ctx, BUILTIN_STRING.gpio, value)
        return 0
    }
    const returnUndefined = (result: number) => void words.fill(0, result >>> 2, (result >>> 2) + 2)

    return {
        prop_GPIO_value(result: number, ctx: number, self: number): void {
            returnUndefined(result)
            const state = stateOf(ctx, self)
            if (state === 0) return
            const pin = bytes[state + PIN_STATE.gpio]!
            const mode = bytes[state + PIN_STATE.mode]! & 0xf
            if (mode === MODE.input) vm.devs_value_from_int(result, pins.level(pin))
            else if (mode === MODE.analogIn)
                vm.devs_value_from_double(result, pins.analog(pin) / ANALOG_RANGE)
        },

        prop_GPIO_capabilities(result: number, ctx: number, self: number): void {
            returnUndefined(result)
            const state = stateOf(ctx, self)
            if (state === 0) return
            const isAnalog = analogPins.includes(bytes[state + PIN_STATE.gpio]!)
            const capabilities = bytes[state + PIN_STATE.capabilities]!
            vm.devs_value_from_int(result, capabilities | (isAnalog ? CAPABILITY_ANALOG : 0))
        },

        meth1_GPIO_setMode(ctx: number): void {
            const self = values.argument(ctx, -1)
            const state = stateOf(ctx, self)
            if (state === 0) return
            const mode = vm.devs_arg_int_defl(ctx, 0, -1)
            const pin = bytes[state + PIN_STATE.gpio]!
            const base = mode & 0xf
            const isKnown = [0, MODE_UP, MODE_DOWN].includes(mode & ~0xf)
            if (isKnown && base === MODE.output) pins.drive(pin, (mode & MODE_UP) === 0 ? 0 : 1)
            else if (isKnown && base === MODE.off) pins.release(pin, "off", pullOf(mode))
            else if (isKnown && base === MODE.input) pins.release(pin, "input", pullOf(mode))
            else if (mode === MODE.analogIn) {
                if (!analogPins.includes(pin)) return values.throwExpecting(ctx, "analog pin", self)
                pins.release(pin, "analog", "none")
            } else return values.throwExpecting(ctx, BUILTIN_STRING.mode, values.argument(ctx, 0))
            bytes[state + PIN_STATE.mode] = mode
        },
    }
}

function pullOf(mode: number): Pull {
    if ((mode & MODE_UP) !== 0) return "up"
    return (mode & MODE_DOWN) !== 0 ? "down" : "none"
}
