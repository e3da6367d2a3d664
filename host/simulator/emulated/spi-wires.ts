import type { RP2040 } from "rp2040js"
import type { SpiBus } from "../door"

const BITS_PER_BYTE = 8
/** So many bytes' time without another, and a transfer is over. */
const PAUSE_BYTES = 4
/** A line that nobody drives, or no pin. */
const NOTHING = 0xff
/** A pin's function, and what each of four neighbours does in it: receive, select, clock, transmit. */
const SPI_FUNCTION = 1
const ROLE = { miso: 0, sck: 2, mosi: 3 } as const
/** The emulator's numbers of the last two modes are each other's. */
const MODES = [0, 1, 3, 2]
/** Pins that belong to one controller, then as many to the other. */
const PINS_PER_BANK = 8

/**
 * Wires both SPI controllers of a chip to a bus: what is sent without a pause is one transfer.
 * @returns ends a transfer that is under way: a pin is about to change, by which others may be meant
 */
export function wireSpi(chip: RP2040, bus: SpiBus): () => void {
    const ends = chip.spi.map((controller, bank) => {
        let sent: number[] = []
        let told = ""
        let done: () => void = () => undefined
        const byteDone = chip.clock.createAlarm(() => done())
        const byteNanos = () => (BITS_PER_BYTE * 1e9) / Math.max(controller.clockFrequency, 1)

        const pinFor = (role: number) =>
            chip.gpio.find(
                ({ index, functionSelect }) =>
                    functionSelect === SPI_FUNCTION &&
                    index % 4 === role &&
                    Math.floor(index / PINS_PER_BANK) % 2 === bank,
            )?.index ?? NOTHING
        const end = () => {
            pause.cancel()
            if (sent.length === 0) return
            const [miso, mosi, sck] = [pinFor(ROLE.miso), pinFor(ROLE.mosi), pinFor(ROLE.sck)]
            const mode = MODES[controller.spiMode]!
            const settings = { miso, mosi, sck, mode, hz: controller.clockFrequency }
            if (told !== JSON.stringify(settings)) bus.configure(settings)
            told = JSON.stringify(settings)
            const data = Uint8Array.from(sent)
            sent = []
            bus.transfer(data, data.length, false)
        }
        const pause = chip.clock.createAlarm(end)

        controller.onTransmit = value => {
            sent.push(value & 0xff)
            pause.cancel()
            done = () => {
                pause.schedule(PAUSE_BYTES * byteNanos())
                controller.completeTransmit(NOTHING)
            }
            byteDone.schedule(byteNanos())
        }
        return end
    })
    return () => {
        for (const end of ends) end()
    }
}
