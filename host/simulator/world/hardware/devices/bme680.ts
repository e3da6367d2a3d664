import { RegisterDevice } from "../i2c-device"
import type { Surroundings } from "../../surroundings"

const REGISTER = {
    status: 0x1d,
    pressure: 0x1f,
    temperature: 0x22,
    humidity: 0x25,
    gas: 0x2a,
    calibrationLow: 0x89,
    identity: 0xd0,
    calibrationHigh: 0xe1,
} as const
const IDENTITY = 0x61
const NEW_DATA = 0x80
/**
 * Range 7 of the gas resistance, measured with a stable heater, and its counts in indoor air: some 50 kOhm.
 * The driver takes ohms for the index of the air's quality, whose packets hold up to 65,535 of them.
 */
const GAS = {
    flags: 0x30,
    range: 7,
    counts: 800,
    perPercentOfHumidity: 8,
    usualHumidity: 45,
} as const
/** The converters have 20 and 16 bits. */
const STEPS = { temperature: 1 << 20, pressure: 1 << 20, humidity: 1 << 16 } as const

/** Calibration of one sensor, by the data sheet's names; its driver swaps the low bits of h1 and h2: none here. */
const T = { t1: 26_000, t2: 26_400, t3: 3 } as const
const P = {
    ...{ p1: 36_500, p2: -10_400, p3: 88, p4: 7000, p5: -160, p6: 30, p7: 40 },
    ...{ p8: -3000, p9: -2500, p10: 30 },
} as const
const H = { h1: 704, h2: 1024, h3: 0, h4: 45, h5: 20, h6: 120, h7: -100 } as const

/**
 * The BME680. It hands out raw counts, which a driver turns into values by the calibration it read: we
 * look for the counts that give the values of the surroundings by the data sheet's formulas.
 */
export class Bme680 extends RegisterDevice {
    readonly name = "BME680 temperature, humidity, pressure and gas sensor"

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
    ) {
        super()
        this.registers[REGISTER.identity] = IDENTITY
        this.calibrate()
    }

    protected override written(): void {
        // A reset and the control registers change nothing of what it is.
        this.registers[REGISTER.identity] = IDENTITY
    }

    protected refresh(): void {
        const now = this.nowMs()
        const { surroundings } = this
        const temperature = surroundings.temperature(now)
        const rawTemperature = countsFor(temperature, STEPS.temperature, raw => fineOf(raw) / 5120)
        const fine = fineOf(rawTemperature)
        const pressure = surroundings.pressure(now) * 100
        // The higher the pressure, the fewer the counts.
        const rawPressure = countsFor(-pressure, STEPS.pressure, raw => -pressureOf(raw, fine))
        const rawHumidity = countsFor(surroundings.humidity(now), STEPS.humidity, raw =>
            humidityOf(raw, fine / 5120),
        )
        this.registers[REGISTER.status] = NEW_DATA
        this.put20(REGISTER.pressure, rawPressure)
        this.put20(REGISTER.temperature, rawTemperature)
        this.registers[REGISTER.humidity] = rawHumidity >> 8
        this.registers[REGISTER.humidity + 1] = rawHumidity & 0xff
        this.putGas(surroundings.humidity(now))
    }

    /** Moist air is taken for a little worse: more counts are fewer ohms. */
    private putGas(humidity: number): void {
        const counts = GAS.counts + GAS.perPercentOfHumidity * (humidity - GAS.usualHumidity)
        const value = Math.min(1023, Math.max(512, Math.round(counts)))
        this.registers[REGISTER.gas] = value >> 2
        this.registers[REGISTER.gas + 1] = ((value & 3) << 6) | GAS.flags | GAS.range
    }

    private put20(register: number, value: number): void {
        this.registers[register] = value >> 12
        this.registers[register + 1] = (value >> 4) & 0xff
        this.registers[register + 2] = (value << 4) & 0xff
    }

    /** Data sheet, table 19: where each figure of the calibration stands. */
    private calibrate(): void {
        const view = new DataView(this.registers.buffer)
        const low = REGISTER.calibrationLow
        view.setInt16(low + 1, T.t2, true)
        view.setInt8(low + 3, T.t3)
        view.setUint16(low + 5, P.p1, true)
        view.setInt16(low + 7, P.p2, true)
        view.setInt8(low + 9, P.p3)
        view.setInt16(low + 11, P.p4, true)
        view.setInt16(low + 13, P.p5, true)
        view.setInt8(low + 15, P.p7)
        view.setInt8(low + 16, P.p6)
        view.setInt16(low + 19, P.p8, true)
        view.setInt16(low + 21, P.p9, true)
        view.setUint8(low + 23, P.p10)
        const high = REGISTER.calibrationHigh
        view.setUint8(high, H.h2 >> 4)
        view.setUint8(high + 1, ((H.h2 & 0xf) << 4) | (H.h1 & 0xf))
        view.setUint8(high + 2, H.h1 >> 4)
        view.setInt8(high + 3, H.h3)
        view.setInt8(high + 4, H.h4)
        view.setInt8(high + 5, H.h5)
        view.setUint8(high + 6, H.h6)
        view.setInt8(high + 7, H.h7)
        view.setUint16(high + 8, T.t1, true)
    }
}

/** The counts for which a function that rises with them comes nearest to a value. */
function countsFor(value: number, steps: number, valueOf: (raw: number) => number): number {
    let [low, high] = [0, steps - 1]
    while (low < high) {
        const middle = (low + high) >> 1
        if (valueOf(middle) < value) low = middle + 1
        else high = middle
    }
    return low
}

/** The temperature in 1/5120 degrees, which the other formulas use too. */
function fineOf(raw: number): number {
    const difference = raw / 16_384 - T.t1 / 1024
    return difference * T.t2 + (raw / 131_072 - T.t1 / 8192) ** 2 * T.t3 * 16
}

/** Pascals. */
function pressureOf(raw: number, fine: number): number {
    const half = fine / 2 - 64_000
    const square = half * half
    const offset = ((square * P.p6) / 131_072 + half * P.p5 * 2) / 4 + P.p4 * 65_536
    const slope = (1 + ((P.p3 * square) / 16_384 + P.p2 * half) / 524_288 / 32_768) * P.p1
    const first = ((1_048_576 - raw - offset / 4096) * 6250) / slope
    const second =
        (P.p9 * first * first) / 2_147_483_648 +
        (first * P.p8) / 32_768 +
        ((first / 256) ** 3 * P.p10) / 131_072
    return first + (second + P.p7 * 128) / 16
}

/** Percent. */
function humidityOf(raw: number, temperature: number): number {
    const difference = raw - (H.h1 * 16 + (H.h3 / 2) * temperature)
    const scaled =
        difference *
        (H.h2 / 262_144) *
        (1 + (H.h4 / 16_384) * temperature + (H.h5 / 1_048_576) * temperature ** 2)
    return scaled + (H.h6 / 16_384 + (H.h7 / 2_097_152) * temperature) * scaled ** 2
}
