import type { I2cDevice, Screen } from "../i2c-device"

const CONTROL = { command: 0x80, data: 0x40 } as const
const COMMAND = { clear: 0x01, home: 0x02, address: 0x80 } as const
const COLUMNS = 16
const ROWS = 2
/** Where each line begins in the display's memory. */
const LINE_BYTES = 0x40

/** A character LCD with the commands of the HD44780 (Grove LCD), 16 columns in two rows. */
export class CharacterLcd implements I2cDevice, Screen {
    readonly name = "character LCD (HD44780)"
    private readonly memory = new Uint8Array(2 * LINE_BYTES).fill(0x20)
    private address = 0
    private isUsed = false

    write(data: Uint8Array): boolean {
        const [control, value = 0] = data
        if (control === CONTROL.command) this.take(value)
        else if (control === CONTROL.data) {
            this.isUsed = true
            this.memory[this.address & 0x7f] = value
            this.address++
        }
        return true
    }

    read(size: number): Uint8Array {
        return new Uint8Array(size)
    }

    picture(): undefined {
        return undefined
    }

    text(): string[] {
        if (!this.isUsed) return []
        return Array.from({ length: ROWS }, (_, row) =>
            String.fromCharCode(
                ...this.memory.subarray(row * LINE_BYTES, row * LINE_BYTES + COLUMNS),
            ).trimEnd(),
        )
    }

    private take(command: number): void {
        if (command >= COMMAND.address) this.address = command & 0x7f
        else if (command === COMMAND.clear) {
            this.memory.fill(0x20)
            this.address = 0
        } else if (command === COMMAND.home) this.address = 0
    }
}
