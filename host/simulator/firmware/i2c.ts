import type { Clock } from "../clock"
import type { I2cBus, Pins } from "../door"
import { BUILTIN_STRING, type VmValues } from "./vm-values"

const DEFAULT_KHZ = 100
/** Eight bits and the acknowledgement. */
const BITS_PER_BYTE = 9
const REFUSED = { write: -1, read: -2 } as const

/**
 * `_i2cTransaction(address, written, read)` as `impl_dsi2c.c` has it: the same checks in the same order,
 * the same answers, and nothing allocated. The board stands still while the bus is busy.
 */
export function i2cTransaction(values: VmValues, bus: I2cBus, pins: Pins, clock: Clock) {
    return (ctx: number): void => {
        const address = values.integer(ctx, 0)
        const written = values.buffer(ctx, 1)
        if (address <= 0 || address > 0x7f)
            return values.throwTypeError(ctx, `invalid I2C address: ${address}`)
        if (!values.isNullish(ctx, 1) && !written)
            return values.throwExpecting(ctx, BUILTIN_STRING.buffer, values.argument(ctx, 1))
        let into: Uint8Array | undefined
        if (!values.isNullish(ctx, 2)) {
            if (!values.isWritable(ctx, 2))
                return values.throwExpecting(ctx, "mutable Buffer", values.argument(ctx, 2))
            into = values.buffer(ctx, 2)?.bytes
        }
        const reads = into?.length ?? 0
        const lines = linesOf(values)
        const isConnected = lines.length > 0
        if (!isConnected) bus.hasNoPins()
        for (const [line, pin] of lines) pins.wired(line, [pin])
        const khz = values.configured("i2c.kHz", DEFAULT_KHZ)
        const busy = (bytes: number) =>
            clock.advanceTo(clock.nowUs + ((bytes + 1) * BITS_PER_BYTE * 1000) / khz)
        if (written && written.bytes.length > 0) {
            if (!isConnected || !bus.write(address, written.bytes.slice(), reads > 0)) {
                busy(0)
                return values.returnInteger(ctx, REFUSED.write)
            }
            busy(written.bytes.length)
        }
        if (into && reads > 0) {
            const read = isConnected ? bus.read(address, reads) : undefined
            if (!read) {
                busy(0)
                return values.returnInteger(ctx, REFUSED.read)
            }
            into.set(read.subarray(0, reads))
            busy(reads)
        }
        values.returnInteger(ctx, 0)
    }
}

/** The two lines of the bus, and their pins; none where the configuration names no two pins: then there is no bus. */
function linesOf(values: VmValues): [line: string, pin: number][] {
    const sda = values.configuredPin("i2c.pinSDA")
    const scl = values.configuredPin("i2c.pinSCL")
    if (sda === undefined || scl === undefined || sda === scl) return []
    return [
        ["SDA", sda],
        ["SCL", scl],
    ]
}
