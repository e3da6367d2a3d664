import type { WorldAddress } from "../../../documents/world-report"
import type { I2cBus } from "../../door"
import { Aht20 } from "./devices/aht20"
import { As5600 } from "./devices/as5600"
import { Bme680 } from "./devices/bme680"
import { CharacterLcd } from "./devices/character-lcd"
import { Da213b } from "./devices/da213b"
import { Ltr390 } from "./devices/ltr390"
import { Mma8452q } from "./devices/mma8452q"
import { Mpu9250 } from "./devices/mpu9250"
import { Notecard } from "./devices/notecard"
import { Oled } from "./devices/oled"
import { Pcf8563 } from "./devices/pcf8563"
import { SensirionSensor } from "./devices/sensirion"
import type { I2cDevice, Screen } from "./i2c-device"
import type { I2cPlan } from "../plan"
import { QUIET, type Surroundings } from "../surroundings"

/** Makes a device that measures what is around it. */
export type I2cDeviceMaker = (surroundings: Surroundings, nowMs: () => number) => I2cDevice
type Maker = I2cDeviceMaker

const bme680: Maker = (surroundings, nowMs) => new Bme680(surroundings, nowMs)
const mma8452q: Maker = (surroundings, nowMs) => new Mma8452q(surroundings, nowMs)
const mpu9250: Maker = (surroundings, nowMs) => new Mpu9250(surroundings, nowMs)
const sht30: Maker = (surroundings, nowMs) =>
    new SensirionSensor("SHT30 temperature and humidity sensor", surroundings, nowMs)

/** The devices of `@devicescript/drivers`, at the addresses where its drivers look for them, and others. */
const DEVICES: Readonly<Record<number, Maker>> = {
    0x17: () => new Notecard(),
    0x1c: mma8452q,
    0x1d: mma8452q,
    0x27: (surroundings, nowMs) => new Da213b(surroundings, nowMs),
    0x36: (surroundings, nowMs) => new As5600(surroundings, nowMs),
    0x38: (surroundings, nowMs) => new Aht20(surroundings, nowMs),
    0x3c: () => new Oled(),
    0x3d: () => new Oled(),
    0x3e: () => new CharacterLcd(),
    0x44: sht30,
    0x45: sht30,
    0x51: (_, nowMs) => new Pcf8563(nowMs),
    0x53: (surroundings, nowMs) => new Ltr390(surroundings, nowMs),
    0x68: mpu9250,
    0x69: mpu9250,
    0x70: (surroundings, nowMs) =>
        new SensirionSensor("SHTC3 temperature and humidity sensor", surroundings, nowMs),
    0x76: bme680,
    0x77: bme680,
}

/** The device of the simulator with this in its name: `SHT30`. */
export function i2cDeviceCalled(text: string): Maker | undefined {
    return Object.values(DEVICES).find(make =>
        make(QUIET, () => 0)
            .name.toLowerCase()
            .includes(text.toLowerCase()),
    )
}

/** What `i2cDeviceCalled` knows, by the first words of their names. */
export function i2cDeviceNames(): string[] {
    const names = Object.values(DEVICES).map(make => make(QUIET, () => 0).name.split(" ")[0]!)
    return [...new Set(names)]
}

/**
 * The I2C bus: each device comes into being when a program first speaks to it; elsewhere, and on an empty
 * bus, nobody answers.
 */
export class I2cWorld implements I2cBus {
    private readonly devices = new Map<number, I2cDevice | undefined>()
    private readonly transfers = new Map<number, number>()
    /** Addresses of devices that hold the bus: while one does, nothing is acknowledged. */
    private readonly holders = new Set<number>()
    /** The program spoke to a bus that the board does not have. */
    isMissing = false

    constructor(
        private readonly surroundings: Surroundings,
        private readonly nowMs: () => number,
        private readonly isEmpty: boolean,
        plans: readonly I2cPlan[] = [],
    ) {
        for (const plan of plans) this.plan(plan)
    }

    /** Somebody says what is at an address from now on. */
    plan({ address, make }: I2cPlan): void {
        if (make === "holds") this.holders.add(address)
        else {
            this.holders.delete(address)
            this.devices.set(address, make?.(this.surroundings, this.nowMs))
        }
    }

    /** Whether a device acknowledges its address, as those hear it who speak to the bus byte by byte. */
    answers(address: number): boolean {
        this.transfers.set(address, this.transfers.get(address) ?? 0)
        return this.deviceAt(address) !== undefined
    }

    write(address: number, data: Uint8Array): boolean {
        this.count(address)
        return this.deviceAt(address)?.write(data) ?? false
    }

    read(address: number, size: number): Uint8Array | undefined {
        this.count(address)
        return this.deviceAt(address)?.read(size)
    }

    hasNoPins(): void {
        this.isMissing = true
    }

    screens(): Screen[] {
        return [...this.devices.values()].filter(
            (device): device is I2cDevice & Screen => device !== undefined && "picture" in device,
        )
    }

    /** Every address that was spoken to, in order. */
    addresses(): WorldAddress[] {
        return [...this.transfers]
            .sort(([a], [b]) => a - b)
            .map(([address, transfers]) => {
                const device = this.devices.get(address)?.name
                return { address, ...(device !== undefined && { device }), transfers }
            })
    }

    private count(address: number): void {
        this.transfers.set(address, (this.transfers.get(address) ?? 0) + 1)
    }

    private deviceAt(address: number): I2cDevice | undefined {
        if (this.holders.size > 0) return undefined
        if (!this.devices.has(address)) {
            const make = this.isEmpty ? undefined : DEVICES[address]
            this.devices.set(address, make?.(this.surroundings, this.nowMs))
        }
        return this.devices.get(address)
    }
}
