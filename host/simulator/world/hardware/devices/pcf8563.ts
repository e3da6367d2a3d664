import { RegisterDevice } from "../i2c-device"

/** The first of seven: seconds, minutes, hours, day, weekday, month, year. */
const TIME = 0x02
const LAST = 0x08
/** What of each counts: the other bits say more than the time, or nothing (data sheet, "Time and date"). */
const MASKS = [0x7f, 0x7f, 0x3f, 0x3f, 0x07, 0x1f, 0xff]
const CENTURY = 2000
/** It is set when the board is switched on: a weekday's noon. */
const FIRST_MS = Date.UTC(2024, 4, 15, 12)

/** The PCF8563: a clock that runs on from what it is set to, its digits in four bits each. */
export class Pcf8563 extends RegisterDevice {
    readonly name = "PCF8563 clock"
    private startMs = FIRST_MS

    constructor(private readonly nowMs: () => number) {
        super()
    }

    override write(data: Uint8Array): boolean {
        // What a program does not set goes on from where it is.
        this.refresh()
        return super.write(data)
    }

    protected override written(register: number): void {
        if (register < TIME || register > LAST) return
        const [second, minute, hour, day, , month, year] = MASKS.map((mask, index) =>
            fromDigits(this.registers[TIME + index]! & mask),
        ) as [number, number, number, number, number, number, number]
        const setMs = Date.UTC(CENTURY + year, month - 1, day, hour, minute, second)
        this.startMs = setMs - this.nowMs()
    }

    protected refresh(): void {
        const now = new Date(this.startMs + this.nowMs())
        const values = [
            ...[now.getUTCSeconds(), now.getUTCMinutes(), now.getUTCHours(), now.getUTCDate()],
            ...[now.getUTCDay(), now.getUTCMonth() + 1, now.getUTCFullYear() % 100],
        ]
        for (const [index, value] of values.entries())
            this.registers[TIME + index] = Math.floor(value / 10) * 16 + (value % 10)
    }
}

function fromDigits(digits: number): number {
    return (digits >> 4) * 10 + (digits & 15)
}
