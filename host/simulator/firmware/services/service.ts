import type { Pins, Pull } from "../../door"

/** What a service of the board's firmware works with. */
export interface ServiceBoard {
    readonly pins: Pins
    /** Microseconds since power-on, in 32 bits as the firmware has them. */
    now(): number
    /** What the configuration says of this service, by the name of the setting. */
    readonly config: {
        pin(key: string): number
        number(key: string, otherwise: number): number
        flag(key: string): boolean
    }
    /**
     * Its state, in words of the VM's memory: whoever copies that has copied all. All are 0 when it
     * starts.
     */
    readonly state: Int32Array
    /** Sends a report. */
    send(command: number, data: Uint8Array): void
    /** Sends an event, which is repeated until it has arrived. */
    event(code: number, data?: Uint8Array): void
    /** Puts a whole frame on the wire, past the board's own packets. */
    raw(frame: Uint8Array): void
    /** Answers that it does not know what it was asked. */
    refuse(packet: ServicePacket): void
}

/** A command that has come to a service. */
export interface ServicePacket {
    command: number
    data: Uint8Array
    /** Where it is in the VM's memory. */
    address: number
}

/** Where no pin is. */
export const NO_PIN = 0xff

export const GET = 0x1000
export const SET = 0x2000
const CODE_MASK = 0xfff

/** How a register's value stands in a packet. */
export type RegisterType = "u8" | "u16" | "u32" | "i16" | "i32"

/** A register whose value is a word of the state. */
export interface Register {
    code: number
    type: RegisterType
    slot: number
    /** Not there while its value is 0. */
    optional?: boolean
}

/** A service as jacdac-c has it: started once, called over and over, and for each command. */
export abstract class BoardService {
    constructor(protected readonly board: ServiceBoard) {}

    abstract start(): void

    process(): void {}

    abstract handle(packet: ServicePacket): void

    protected get(slot: number): number {
        return this.board.state[slot]!
    }

    protected set(slot: number, value: number): void {
        this.board.state[slot] = value
    }

    /** Whether a period has gone by; the next one begins then. The state's word keeps when that ends. */
    protected isTime(slot: number, periodUs: number): boolean {
        const now = this.board.now()
        if (isLater(this.get(slot), now)) return false
        const next = (this.get(slot) + periodUs) | 0
        this.set(slot, isLater(next, now) ? next : (now + periodUs) | 0)
        return true
    }

    /** Sets a pin to output, where there is one. */
    protected drive(pin: number, level: number): void {
        if (pin !== NO_PIN) this.board.pins.drive(pin, level)
    }

    protected release(pin: number, use: "input" | "analog", pull: Pull = "none"): void {
        if (pin !== NO_PIN) this.board.pins.release(pin, use, pull)
    }

    /**
     * Answers a command that reads or writes a register.
     * @returns the code of one that was written, its negative for one that was read, 0 for neither
     */
    protected useRegister(
        { command, data }: ServicePacket,
        registers: readonly Register[],
    ): number {
        const code = command & CODE_MASK
        const register = registers.find(known => known.code === code)
        if (!register) return 0
        if ((command & ~CODE_MASK) === GET) {
            if (register.optional && this.get(register.slot) === 0) return 0
            this.board.send(command, encode(register.type, this.get(register.slot)))
            return -code
        }
        // From 0x100 to 0x1ff they cannot be written.
        const isWritable = (code & 0xf00) !== 0x100 && data.length > 0
        if ((command & ~CODE_MASK) !== SET || !isWritable) return 0
        this.set(register.slot, decode(register.type, data))
        return code
    }
}

/** Whether a moment of the firmware's clock, which overflows, is after another. */
export function isLater(moment: number, than: number): boolean {
    return ((moment - than) | 0) > 0
}

const SIZES: Record<RegisterType, number> = { u8: 1, u16: 2, u32: 4, i16: 2, i32: 4 }

/** A value as it stands in a packet. */
export function encode(type: RegisterType, value: number): Uint8Array {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setInt32(0, value, true)
    return bytes.subarray(0, SIZES[type])
}

/** Too short a value is filled up with its sign, where its type has one. */
function decode(type: RegisterType, data: Uint8Array): number {
    const size = SIZES[type]
    const given = data.subarray(0, size)
    const isNegative = type.startsWith("i") && (given[given.length - 1]! & 0x80) !== 0
    const bytes = new Uint8Array(4).fill(isNegative ? 0xff : 0)
    bytes.set(given)
    return new DataView(bytes.buffer).getInt32(0, true)
}
