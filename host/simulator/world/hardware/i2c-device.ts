import type { Picture } from "../../../model/shown"

/** A device at an address of the I2C bus. */
export interface I2cDevice {
    /** What it is: "SHT30 temperature and humidity sensor". */
    readonly name: string
    /** @returns whether it acknowledges */
    write(data: Uint8Array): boolean
    /** @returns as many bytes as asked for */
    read(size: number): Uint8Array
}

/** A device that shows something. */
export interface Screen {
    readonly name: string
    /** What it shows now; undefined while nothing was ever sent to it. */
    picture(): Picture | undefined
    /** Lines of characters, for a screen that has no pixels of its own. */
    text?(): string[]
}

/**
 * A device of registers: the first byte written chooses one, what follows goes into it and those after
 * it, and a read begins at the one chosen.
 */
export abstract class RegisterDevice implements I2cDevice {
    abstract readonly name: string
    protected readonly registers = new Uint8Array(256)
    private chosen = 0

    write(data: Uint8Array): boolean {
        if (data.length === 0) return true
        this.chosen = data[0]!
        for (const value of data.subarray(1)) {
            this.registers[this.chosen] = value
            this.written(this.chosen, value)
            this.chosen = (this.chosen + 1) & 0xff
        }
        return true
    }

    read(size: number): Uint8Array {
        this.refresh()
        return Uint8Array.from(
            { length: size },
            (_, index) => this.registers[(this.chosen + index) & 0xff]!,
        )
    }

    /** A register was written. */
    protected written(_register: number, _value: number): void {}

    /** Puts what it measures now into its registers. */
    protected abstract refresh(): void
}
