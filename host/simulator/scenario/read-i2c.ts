import { fromHex } from "../../base/hex"
import type { ScenarioI2c } from "../../documents/scenario/scenario"
import { RegisterDevice, type I2cDevice } from "../world/hardware/i2c-device"
import { i2cDeviceCalled, i2cDeviceNames } from "../world/hardware/i2c-world"
import type { I2cPlan } from "../world/plan"
import { instead } from "../../base/nearest"
import type { Path, Reading } from "./reading"

const SOURCES = ["registers", "replies", "device", "class", "holds", "absent"] as const

/** What answers at an address. @throws UserError */
export function readI2c(reading: Reading, path: Path, said: ScenarioI2c): I2cPlan {
    const address = Number(said.address)
    if (!Number.isInteger(address) || address < 1 || address > 0x7f)
        reading.refuse([...path, "address"], `${said.address} is no address of seven bits: "0x44".`)
    const given = SOURCES.filter(name => said[name] !== undefined && said[name] !== false)
    if (given.length !== 1)
        reading.refuse(
            given.length > 1 ? [...path, given[1]!] : path,
            `it takes one of ${SOURCES.join(", ")} to say what answers.`,
        )
    const { registers, replies, device, class: Own, holds, absent } = said
    if (holds) return { address, make: "holds" }
    if (absent) return { address, make: undefined }
    if (device !== undefined) {
        const make = i2cDeviceCalled(device)
        if (!make)
            reading.refuse(
                [...path, "device"],
                `the simulator has no ${device}${instead(device, i2cDeviceNames())}`,
            )
        return { address, make }
    }
    if (registers) {
        const known = Object.entries(registers).map(([name, bytes]) => {
            const register = Number(name)
            if (!Number.isInteger(register) || register < 0 || register > 0xff)
                reading.refuse(
                    [...path, "registers", name],
                    "it is no register: 0 to 255, or 0x00.",
                )
            return { register, bytes: bytesOf(bytes) }
        })
        return { address, make: () => new GivenRegisters(known) }
    }
    if (replies) {
        const all = replies.map(bytesOf)
        return { address, make: () => new GivenReplies(all) }
    }
    const make = Own as unknown as new (world: { nowMs: () => number }) => I2cDevice
    return {
        address,
        make: (_, nowMs) =>
            new OwnDevice(new make({ nowMs }), why => reading.refuse([...path, "class"], why)),
    }
}

function bytesOf(hex: string): Uint8Array {
    return fromHex(hex.replace(/\s+/g, "").toLowerCase())
}

/** Registers with bytes that somebody gave them; what is written to them stays. */
class GivenRegisters extends RegisterDevice {
    readonly name = "device of the scenario"

    constructor(known: readonly { register: number; bytes: Uint8Array }[]) {
        super()
        for (const { register, bytes } of known)
            bytes.forEach((byte, i) => (this.registers[(register + i) & 0xff] = byte))
    }

    protected override refresh(): void {}
}

/** Each read gets the next reply, the last again and again; what is missing of one is zero. */
class GivenReplies implements I2cDevice {
    readonly name = "device of the scenario"
    private count = 0

    constructor(private readonly replies: readonly Uint8Array[]) {}

    write(): boolean {
        return true
    }

    read(size: number): Uint8Array {
        const reply = this.replies[Math.min(this.count++, this.replies.length - 1)]!
        return Uint8Array.from({ length: size }, (_, i) => reply[i] ?? 0)
    }
}

/** A user's own class: what it gives is made what a bus carries. */
class OwnDevice implements I2cDevice {
    readonly name: string

    constructor(
        private readonly own: Partial<I2cDevice>,
        refuse: (why: string) => never,
    ) {
        this.name = typeof own.name === "string" ? own.name : "device of the scenario"
        if (typeof own.read !== "function" || typeof own.write !== "function")
            refuse("it has no write(data) and read(size).")
    }

    write(data: Uint8Array): boolean {
        return (this.own.write!(data) as unknown) !== false
    }

    read(size: number): Uint8Array {
        const bytes = this.own.read!(size)
        return Uint8Array.from({ length: size }, (_, i) => bytes[i] ?? 0)
    }
}
