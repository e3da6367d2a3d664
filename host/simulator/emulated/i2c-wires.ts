import type { RP2040 } from "rp2040js"
import type { I2cBus } from "../door"
import { NANOS_PER_CYCLE } from "./emulated-chip"

/** An I2C bus that is spoken to byte by byte, as a chip does, and not by whole transfers. */
export interface WiredBus extends I2cBus {
    /** @returns whether a device acknowledges its address */
    answers(address: number): boolean
}

/** Eight bits and the acknowledgement. */
const BITS_PER_BYTE = 9
/** More than any program reads at once: a message is asked for as a whole, before it is known how long it is. */
const MESSAGE_BYTES = 1024
/** A line that nobody drives. */
const IDLE = 0xff
/** `I2CMode.Read` of the emulator. */
const READ = 1

/** Of an I2C controller what its interface does not tell: the byte under way is the last of its transfer. */
interface Controller {
    readonly stop: boolean
}

/** Wires both I2C controllers of a chip to a bus. What passes takes the time of its bits. */
export function wireI2c(chip: RP2040, bus: WiredBus): void {
    for (const controller of chip.i2c) {
        let address = 0
        let written: number[] = []
        let message: Uint8Array | undefined
        let at = 0

        let act: () => void = () => undefined
        const alarm = chip.clock.createAlarm(() => act())
        const afterByte = (action: () => void) => {
            act = action
            const { sclHighPeriod, sclLowPeriod } = controller
            alarm.schedule(BITS_PER_BYTE * (sclHighPeriod + sclLowPeriod) * NANOS_PER_CYCLE)
        }
        /** A message has ended. @returns whether it was acknowledged */
        const deliver = (thenRead: boolean): boolean => {
            message = undefined
            if (written.length === 0) return true
            const data = Uint8Array.from(written)
            written = []
            return bus.write(address, data, thenRead)
        }

        controller.onConnect = (to, mode) => {
            deliver(mode === READ)
            address = to
            const answers = bus.answers(address)
            afterByte(() => controller.completeConnect(answers))
        }
        controller.onWriteByte = value => {
            written.push(value)
            const isLast = (controller as unknown as Controller).stop
            const isAcknowledged = isLast ? deliver(false) : true
            afterByte(() => controller.completeWrite(isAcknowledged))
        }
        controller.onReadByte = () => {
            if (!message) {
                message = bus.read(address, MESSAGE_BYTES) ?? new Uint8Array()
                at = 0
            }
            const value = message[at++] ?? IDLE
            afterByte(() => controller.completeRead(value))
        }
        controller.onStop = () => {
            written = []
            message = undefined
            controller.completeStop()
        }
    }
}
