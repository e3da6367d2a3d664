import type { LedStrips } from "../door"
import type { ChipFeatures } from "../../boards/architectures"
import type { VmValues } from "./vm-values"

/** A bit of a WS2812B takes this long. */
const BIT_US = 1.25

/** `ledStripSend(pin, data)` as `impl_dsled.c` has it: the fiber waits until all is sent. */
export function ledStripSend(values: VmValues, strips: LedStrips, { ledStrip }: ChipFeatures) {
    return (ctx: number): void => {
        if (!ledStrip) return values.throwNotSupported(ctx, "ledStripSend")
        const pin = values.integer(ctx, 0)
        const data = values.buffer(ctx, 1)
        if (!data) return values.throwExpecting(ctx, "TX buffer", values.argument(ctx, 1))
        if (values.isSuspended(values.state.stripBusy))
            return values.throwRangeError(ctx, "LED busy")
        strips.send(pin, data.bytes.slice())
        values.state.stripBusy = values.suspend(ctx, data.bytes.length * 8 * BIT_US)
    }
}
