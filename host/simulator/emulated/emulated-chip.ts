import type { RP2040 } from "rp2040js"
import type { SeededRandom } from "../../base/seeded-random"
import { BootRom } from "./boot-rom"
import { CYCLES_PER_SECOND } from "./rom-functions"
import type { FlashChip } from "./flash-chip"

/** Where the chip's parts are, by the key that the emulator finds them under (address >> 12). */
const PART = {
    ...{ ssi: 0x18000, ioQspi: 0x40018, timer: 0x40054, watchdog: 0x40058, rosc: 0x40060 },
} as const
/** Offsets in them (RP2040 datasheet). */
const SSI = { enable: 0x08, data: 0x60 } as const
const SS_CONTROL = 0x0c
/** The timer's alarms, a word each. */
const ALARMS = { first: 0x10, last: 0x1c } as const
/** What the timer counts, and how many of them ago is just gone. */
const TICK_NANOS = 1000
const JUST_GONE_TICKS = 1000
/** What the select line is held at: 2 is low. */
const OUTPUT_OVERRIDE = { shift: 8, mask: 3, low: 2 } as const
const RANDOM_BIT = 0x1c
const AIRCR = 0xd0c
/** The key that a write to it must have, and the bit that asks for a reset. */
const SYSTEM_RESET = 0x05fa0004
/** The boot ROM copies the second stage there and runs it, its stack below, with nowhere to return to. */
const SECOND_STAGE = { address: 0x20041f00, bytes: 256, flash: 0x10000000 } as const

/**
 * The 12 bits that the analog pins tell with nothing but the cable connected: pins 26 to 28 half way;
 * 29 a third of VSYS, 4.7 V behind the diode: firmware tells a Pico by it, as a Pico W has a clock there.
 */
const ANALOG = [2048, 2048, 2048, 1945, 876]
/** What a cycle of the processor takes, in nanoseconds. */
export const NANOS_PER_CYCLE = 1e9 / CYCLES_PER_SECOND

/** "Nothing left to send", among the states of an I2C controller. */
const TX_EMPTY = 1 << 4

/** Of an I2C controller what its interface does not tell. */
interface I2cPart {
    abort(reason: number): void
    setInterrupts(mask: number): void
}

/** Of the timer what its interface does not tell. */
interface TimerPart {
    alarms: { clockAlarm: { schedule(nanos: number): void } }[]
}

/** What an emulated chip tells. */
export interface ChipEvents {
    /** Its firmware, or its watchdog, asks for a reset. */
    reset(): void
    /** Its firmware asks for the boot mode, in which a board waits for another firmware. */
    bootMode(): void
    /** It does what no chip does: it stands still from now on. */
    fault(text: string): void
}

/** Registers that firmware writes and finds again, with what else a write does. */
class Registers {
    private readonly words = new Map<number, number>()

    constructor(
        private readonly read: (offset: number, kept: number) => number,
        private readonly written: (offset: number, value: number) => void = () => undefined,
    ) {}

    readUint32(offset: number): number {
        return this.read(offset & 0xfff, this.words.get(offset & 0xfff) ?? 0)
    }

    writeUint32(offset: number, value: number): void {
        this.words.set(offset, value)
        this.written(offset, value)
    }

    /** @param how 0 as it is, 1 exclusive or, 2 sets bits, 3 clears them */
    writeUint32Atomic(offset: number, value: number, how: number): void {
        const kept = this.words.get(offset) ?? 0
        const all = [value, kept ^ value, kept | value, kept & ~value]
        this.writeUint32(offset, all[how]!)
    }
}

/**
 * Gives an emulated chip what rp2040js lacks of one, and starts it: the boot ROM, a flash that can be
 * written and spoken to, random bits, the voltage of analog pins, the requests for a reset.
 * @param flash of which the chip's own flash is what it holds
 * @returns cycles that the functions of the boot ROM took since that was last asked
 */
export function completeChip(
    chip: RP2040,
    flash: FlashChip,
    random: SeededRandom,
    events: ChipEvents,
): () => number {
    const { core, ppb } = chip
    const rom = new BootRom()
    chip.bootrom.set(new Uint32Array(rom.bytes.buffer))
    chip.logger = {
        ...{ debug: ignore, info: ignore, error: ignore },
        warn: (part, text) => {
            if (part === "CortexM0Core" && text.includes("not implemented"))
                events.fault(`it runs into what is no code, at 0x${core.PC.toString(16)}`)
        },
    }

    let cycles = 0
    const call = {
        ...{ registers: core.registers, memory: chip, flash, bootMode: events.bootMode },
        flags: ({
            negative,
            zero,
            carry,
            overflow,
        }: Record<"negative" | "zero" | "carry" | "overflow", boolean>) => {
            core.N = negative
            core.Z = zero
            core.C = carry
            core.V = overflow
        },
    }
    chip.onBreak = number => {
        const does = core.PC < rom.bytes.length ? rom.at(number) : undefined
        if (does) cycles += does(call)
        else events.fault(`it stops at a breakpoint, at 0x${core.PC.toString(16)}`)
    }

    const { peripherals } = chip
    const ssi = peripherals[PART.ssi]!
    const [read, write] = [ssi.readUint32.bind(ssi), ssi.writeUint32.bind(ssi)]
    ssi.readUint32 = offset => (offset === SSI.data ? flash.receive() : read(offset))
    ssi.writeUint32 = (offset, value) => {
        if (offset === SSI.data) return flash.send(value & 0xff)
        if (offset === SSI.enable && value === 0) flash.forget()
        write(offset, value)
    }
    peripherals[PART.ioQspi] = new Registers(
        (_, kept) => kept,
        (offset, value) => {
            const { shift, mask, low } = OUTPUT_OVERRIDE
            if (offset === SS_CONTROL) flash.select(((value >>> shift) & mask) === low)
        },
    )
    peripherals[PART.rosc] = new Registers((offset, kept) =>
        offset === RANDOM_BIT ? Math.round(random.fraction()) : kept,
    )
    chip.adc.channelValues.splice(0, ANALOG.length, ...ANALOG)

    // What was to be sent is thrown away when nobody answers, and the queue is empty then: the SDK waits for that.
    for (const i2c of chip.i2c as unknown as I2cPart[]) {
        const abort = i2c.abort.bind(i2c)
        i2c.abort = reason => {
            abort(reason)
            i2c.setInterrupts(TX_EMPTY)
        }
    }

    // An alarm for now, or for a moment that has just gone, rings with the next microsecond. The datasheet has
    // it ring when the counter is equal, which may then be in 71 minutes; but firmware sets such alarms, clears
    // what was pending, and goes on on real boards.
    const timer = peripherals[PART.timer]!
    const { alarms } = timer as unknown as TimerPart
    const writeTimer = timer.writeUint32.bind(timer)
    timer.writeUint32 = (offset, value) => {
        writeTimer(offset, value)
        if (offset < ALARMS.first || offset > ALARMS.last) return
        const gone = (chip.clock.nanos / TICK_NANOS - value) >>> 0
        if (gone < JUST_GONE_TICKS)
            alarms[(offset - ALARMS.first) / 4]!.clockAlarm.schedule(TICK_NANOS)
    }

    const watchdog = peripherals[PART.watchdog] as unknown as { onWatchdogTrigger: () => void }
    watchdog.onWatchdogTrigger = events.reset
    const writePpb = ppb.writeUint32.bind(ppb)
    ppb.writeUint32 = (offset, value) => {
        if (offset !== AIRCR) writePpb(offset, value)
        else if (value >>> 0 === SYSTEM_RESET) events.reset()
    }

    const { address, bytes } = SECOND_STAGE
    for (let i = 0; i < bytes; i++)
        chip.writeUint8(address + i, chip.readUint8(SECOND_STAGE.flash + i))
    core.SP = address
    core.LR = 0
    core.PC = address
    return () => {
        const taken = cycles
        cycles = 0
        return taken
    }
}

function ignore(): void {}
