import type { RP2040 } from "rp2040js"
import { SeededRandom } from "../../base/seeded-random"
import type { HeapMemory } from "../../model/heap/heap-memory"
import type { Cable, ServedBoard } from "./served-board"
import { completeChip, NANOS_PER_CYCLE } from "../emulated/emulated-chip"
import { FlashChip } from "../emulated/flash-chip"
import { findHeap, readSram, type SramHeap } from "../emulated/sram-heap"
import { UsbHost } from "../emulated/usb-host"
import { wireChip, type Wires } from "../emulated/wires"

/** The package `rp2040js`. */
export interface Emulator {
    RP2040: new () => RP2040
}

export interface EmulatedBoardOptions {
    /** What its flash holds, as long as the flash is. It is the board's own from then on. */
    flash: Uint8Array<ArrayBuffer>
    /** Nominal heap size of its firmware, in bytes. */
    heapBytes: number
    /** Seed of its random bits, and of the number that it is known by, a 32-bit number. */
    seed?: number
    /** What its pins are wired to. Default: nothing. */
    wires?: Wires
    /** Told in a sentence what it came to: a reset, a fault. */
    onNotice?: (text: string) => void
    /** Its firmware's serial port is there, at first and after each reset. */
    onMounted?: () => void
    /** Bytes from it, whoever is plugged in. */
    onBytes?: (bytes: Uint8Array) => void
}

const DEFAULT_SEED = 1
/** Further behind than this, that time is not made up for. Nanoseconds. */
const MAX_LAG_NANOS = 200e6
/** Between two looks at what has come from the host, in real milliseconds. */
const SLICE_MS = 8
const TICK_MS = 1
/** A host notices that a board has gone and come back in no less time. Real milliseconds. */
const AWAY_MS = 300
/** Instructions between two looks at the clock on the wall. */
const CHECK_EVERY = 0x3fff

/**
 * A board with an RP2040, emulated to the instruction, that runs the firmware in its flash: the real one
 * that a maker would flash. Its USB port leads to whoever is plugged in, as with a simulated board.
 */
export class EmulatedBoard implements ServedBoard {
    private chip!: RP2040
    private usb!: UsbHost
    private takenCycles!: () => number
    private readonly flash: Uint8Array<ArrayBuffer>
    private readonly random: SeededRandom
    private readonly uniqueId = new Uint8Array(8)
    private cable: Cable | undefined
    private timer: NodeJS.Timeout | undefined
    private soon: NodeJS.Immediate | undefined
    private isOn = false
    /** When the chip's clock was 0, by the host's. Milliseconds. */
    private origin = 0
    private wantsReset = false
    private isDead = false
    private heapAt: HeapMemory | undefined
    private busyNanos = 0
    private pastNanos = 0

    constructor(
        private readonly emulator: Emulator,
        private readonly options: EmulatedBoardOptions,
    ) {
        this.flash = options.flash
        this.random = new SeededRandom(options.seed ?? DEFAULT_SEED)
        this.random.fill(this.uniqueId)
        this.boot()
    }

    /** Board time since it was switched on, in milliseconds. */
    get nowMs(): number {
        return (this.pastNanos + this.chip.clock.nanos) / 1e6
    }

    /** How much of that its processor was not waiting, in milliseconds. */
    get busyMs(): number {
        return this.busyNanos / 1e6
    }

    /** Whether a host sees its serial port. */
    get isMounted(): boolean {
        return this.usb.isMounted
    }

    /** Whether it stands still for good: its firmware does what no chip does. */
    get hasFailed(): boolean {
        return this.isDead
    }

    /** Lets time pass as on the wall, or as fast as the machine can. */
    powerOn(): void {
        this.isOn = true
        this.origin = performance.now()
        this.run()
    }

    powerOff(): void {
        this.isOn = false
        clearTimeout(this.timer)
        clearImmediate(this.soon)
        this.unplug()
    }

    /** Lets so much board time pass, as fast as that goes; in the midst of it nobody else is heard. */
    pass(ms: number): void {
        const until = this.nowMs + ms
        while (this.nowMs < until && !this.isDead) {
            const target = this.chip.clock.nanos + (until - this.nowMs) * 1e6
            this.advance(target, Infinity)
            if (this.wantsReset) this.reset()
        }
    }

    /** As its reset button does: what is in the flash stays, and a host sees the board leave. */
    reset(): void {
        this.wantsReset = false
        this.pastNanos += this.chip.clock.nanos
        this.flash.set(this.chip.flash.subarray(0, this.flash.length))
        this.options.wires?.reset()
        const { cable } = this
        this.cable = undefined
        this.boot()
        this.origin = performance.now() + AWAY_MS
        cable?.unplugged()
    }

    plug(cable: Cable): void {
        this.cable = cable
        this.usb.setTakes(true)
        this.usb.setLines(true)
    }

    unplug(): void {
        this.cable = undefined
        this.usb.forget()
        this.usb.setTakes(true)
        this.usb.setLines(false)
    }

    receive(bytes: Uint8Array): void {
        this.usb.send(bytes)
    }

    drained(): void {
        this.usb.setTakes(true)
    }

    /**
     * The firmware's heap out of the chip's memory; undefined where there is none yet.
     * @throws HeapError in the middle of what the firmware does with it
     */
    heap(): SramHeap | undefined {
        const { chip, options } = this
        this.heapAt ??= findHeap(chip.sram, options.heapBytes)
        return this.heapAt && readSram(this.heapAt, chip.flash)
    }

    private boot(): void {
        const { options } = this
        this.chip = new this.emulator.RP2040()
        this.chip.flash.fill(0xff)
        this.chip.flash.set(this.flash)
        this.heapAt = undefined
        const flash = new FlashChip(this.chip.flash, this.flash.length, this.uniqueId)
        this.takenCycles = completeChip(this.chip, flash, this.random, {
            reset: () => void (this.wantsReset = true),
            bootMode: () => {
                options.onNotice?.("the firmware asks for its boot mode: the board is reset")
                this.wantsReset = true
            },
            fault: text => {
                options.onNotice?.(`the firmware has failed: ${text}; the board stands still`)
                this.isDead = true
            },
        })
        wireChip(this.chip, options.wires, () => this.nowMs)
        this.usb = new UsbHost(this.chip, {
            mounted: () => {
                this.usb.setLines(this.cable !== undefined)
                options.onMounted?.()
            },
            data: bytes => {
                options.onBytes?.(bytes)
                if (this.cable && !this.cable.send(bytes)) this.usb.setTakes(false)
            },
        })
    }

    private run(): void {
        const { clock } = this.chip
        let target = (performance.now() - this.origin) * 1e6
        if (target - clock.nanos > MAX_LAG_NANOS) {
            this.origin += (target - clock.nanos) / 1e6
            target = clock.nanos + SLICE_MS * 1e6
        }
        this.advance(target, performance.now() + SLICE_MS)
        if (this.wantsReset) this.reset()
        if (!this.isOn || this.isDead) return
        const isBehind = this.chip.clock.nanos < target
        if (isBehind) this.soon = setImmediate(() => this.run())
        else this.timer = setTimeout(() => this.run(), TICK_MS)
    }

    /** Runs the chip up to a time of its clock, or of the host's. */
    private advance(targetNanos: number, untilMs: number): void {
        const { core } = this.chip
        const clock = this.chip.clock as unknown as Clock
        for (let n = 1; clock.nanos < targetNanos && !this.wantsReset && !this.isDead; n++) {
            if (core.waiting) {
                const next = clock.nextAlarm ? clock.nanosToNextAlarm : Infinity
                clock.tick(Math.max(1, Math.min(next, targetNanos - clock.nanos)))
            } else {
                const nanos = (core.executeInstruction() + this.takenCycles()) * NANOS_PER_CYCLE
                this.busyNanos += nanos
                clock.tick(nanos)
            }
            if ((n & CHECK_EVERY) === 0 && performance.now() > untilMs) return
        }
    }
}

/** The emulator's clock, as far as its interface does not tell. */
interface Clock {
    readonly nanos: number
    readonly nextAlarm: unknown
    readonly nanosToNextAlarm: number
    tick(nanos: number): void
}
