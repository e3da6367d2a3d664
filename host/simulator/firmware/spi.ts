import type { Clock } from "../clock"
import type { SpiBus } from "../door"
import { ImageTransfer } from "./image-transfer"
import type { VmValues } from "./vm-values"

/** The most that the firmware sends at once (`BLOCK_SIZE` in its `spi.c`). */
const MAX_TRANSFER_BYTES = 4096
/** A line that nobody drives. */
const IDLE = 0xff

/**
 * The SPI functions as `impl_dsspi.c` has them. A transfer takes its time, in which the fiber waits and
 * the bus is busy; only `spiSendImage` allocates: its block, until all is sent.
 */
export function spiFunctions(values: VmValues, bus: SpiBus, clock: Clock) {
    const isBusy = () => values.isSuspended(values.state.spiBusy)
    const isReady = () => values.state.spi !== undefined && !isBusy()
    const microseconds = (bytes: number) => (bytes * 8e6) / Math.max(values.state.spi!.hz, 1)

    return {
        fun5_DeviceScript_spiConfigure(ctx: number): void {
            const [miso, mosi, sck, mode, hz] = [0, 1, 2, 3, 4].map(n =>
                values.integer(ctx, n),
            ) as [number, number, number, number, number]
            if (isBusy()) return values.throwRangeError(ctx, "SPI init failed: -100")
            const pins = [miso, mosi, sck].map(pin => pin & 0xff)
            if (pins.every(pin => pin === 0xff))
                return values.throwRangeError(ctx, "SPI init failed: -1")
            const [misoPin, mosiPin, sckPin] = pins as [number, number, number]
            values.state.spi = { miso: misoPin, mosi: mosiPin, sck: sckPin, mode, hz }
            bus.configure(values.state.spi)
        },

        fun2_DeviceScript_spiXfer(ctx: number): void {
            const sent = values.buffer(ctx, 0)
            const received = values.buffer(ctx, 1)
            if (!isReady()) return values.throwRangeError(ctx, "SPI busy")
            const expecting = (what: string, index: number) =>
                values.throwExpecting(ctx, what, values.argument(ctx, index))
            if (!sent && !received) return expecting("at least one of TX/RX buffers", 0)
            if (sent && received && sent.bytes.length !== received.bytes.length)
                return expecting("same size TX/RX buffers", 0)
            if (received && !values.isWritable(ctx, 1)) return expecting("mutable Buffer", 1)
            const size = sent?.bytes.length || received?.bytes.length || 0
            if (size === 0) return values.throwRangeError(ctx, "SPI error: -3")
            if (size > MAX_TRANSFER_BYTES) return values.throwRangeError(ctx, "SPI error: -2")
            const answer = bus.transfer(sent?.bytes.slice(), size, received !== undefined)
            received?.bytes.fill(IDLE)
            if (answer) received?.bytes.set(answer.subarray(0, size))
            values.state.spiBusy = values.suspend(ctx, microseconds(size))
        },

        fun3_DeviceScript_spiSendImage(ctx: number): void {
            const transfer = ImageTransfer.prepare(values, ctx, isReady)
            if (!transfer) return
            let total = 0
            for (const part of transfer.parts()) {
                bus.transfer(part, part.length, false)
                total += part.length
            }
            const durationUs = microseconds(total)
            values.state.spiBusy = values.suspend(ctx, durationUs)
            // Before the fiber runs again, which the VM wakes on its own whole milliseconds.
            values.releaseLater(clock.nowUs + durationUs - 1000, ctx, transfer.block)
        },
    }
}
