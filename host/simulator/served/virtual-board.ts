import type { ChipFeatures } from "../../boards/architectures"
import type { MemoryEvent } from "../../model/events"
import { FAULT, SimulatedBoard } from "../simulated-board"
import type { Settings } from "../../model/program/program"
import { HeapError } from "../../model/heap/heap-memory"
import { sealFrame } from "../../wire/jacdac-frame"
import { packetsOf, SERVICE_INDEX, type JacdacPacket } from "../../wire/jacdac-packet"
import { programInFlash } from "../firmware/program-in-flash"
import type { Arrivals, Door } from "../door"
import { heardArrivals } from "../heard-arrivals"
import type { Flash } from "../machine"
import type { Cable, ServedBoard } from "./served-board"
import { UsbEndpoint } from "./usb-endpoint"

export interface VirtualBoardOptions {
    /** The program in its flash, if any. */
    bytecode?: Uint8Array
    /** What else is in its flash. */
    settings?: Settings
    /** Nominal heap size of the board, in bytes. */
    heapBytes: number
    /** Its configuration (`DCFG`). Default: the VM's own, a board without pins. */
    configuration?: Uint8Array
    /** What its chip's firmware offers. */
    features?: ChipFeatures
    /** What it keeps without power, program and settings included. Default: a new, erased one. */
    flash?: Flash
    /** The version of DeviceScript that it says its firmware has: `2.15.0`. Default: its VM's. */
    runtimeVersion?: string
    /** How long it works at the hash of its program, in microseconds a byte, deaf meanwhile. Default: an RP2040's. */
    hashUsPerByte?: number
    /** What it is connected to beside its wire, on which all that passes on its bus is heard. Default: nothing. */
    door?: Door
    /** How long it is deaf and silent when it is switched on or reset, in milliseconds. Default: an RP2040's. */
    bootMs?: number
    /** How long a board stands still whose firmware has failed, until it is reset, in milliseconds. Default: an RP2040's. */
    faultMs?: number
    /** Seed of all randomness, a 32-bit number. */
    seed?: number
    /** How much faster than real time the board's time passes. Default: 1. */
    speed?: number
    /** Gets every event, and the board to look at, as `BoardOptions.onEvent` does. */
    onEvent?: (event: MemoryEvent, board: SimulatedBoard) => void
    /** Called when the board did something. It may be looked at. */
    onProgress?: (board: SimulatedBoard) => void
}

/** Further behind than this, the machine slept: that time is not made up for. Milliseconds. */
const MAX_LAG_MS = 1000
const DEFAULT_SEED = 1
/** 129 ms for 107 kB, measured on unmodified RP2040 firmware in emulation. */
const HASH_US_PER_BYTE = 1.2
/** Until its USB port is there, measured on unmodified RP2040 firmware in emulation. */
const BOOT_MS = 100
/** It blinks 60 times before it resets itself (`hw_panic` in devicescript-pico's `platform.c`). */
const FAULT_MS = 8400
/** Frames that wait for a board at work, at the most. */
const MAX_WAITING = 1000
/** Asking the manager for its program's hash, as a packet's command (`JD_GET` of register 0x182). */
const READ_HASH = 0x1182
/** The same for the version of its runtime. */
const READ_VERSION = 0x1183
/** Telling the manager whether to start programs by itself (`JD_SET` of register 0x81). */
const WRITE_AUTOSTART = 0x2081
/**
 * A machine that has fallen behind makes up for it in steps of this, and takes in between what the host has
 * sent: the firmware sends a frame again that is not acknowledged within 8 ms. Milliseconds.
 */
const MAX_STRIDE_MS = 4
/** Real milliseconds between two looks at what is due. */
const TICK_MS = 1

/**
 * A simulated board that lives in real time at the other end of a wire, and cannot be told from a real
 * one there. It keeps its program in flash: what is deployed over the wire survives a reset.
 */
export class VirtualBoard implements ServedBoard {
    private wire: UsbEndpoint
    private readonly board: SimulatedBoard
    private cable: Cable | undefined
    /** The host takes bytes. */
    private ready = false
    private timer: NodeJS.Timeout | undefined
    private soon: NodeJS.Immediate | undefined
    /** When the board was powered on, by the host's clock. */
    private origin = 0
    private isOn = false
    private running = false
    private readonly flash: Flash
    /** Frames from the host that the firmware has not come to yet. */
    private readonly waiting: Uint8Array[] = []
    /** Frames that the host has put on the bus: it need not hear them. */
    private readonly ofHost = new WeakSet<Uint8Array>()
    /** Until when it works at the first of them, by the host's clock; 0 when it has not begun. */
    private busyUntil = 0
    /** Until when it boots, by the host's clock. */
    private bootsUntil = 0
    /** When a board that stands still is reset, by the host's clock; undefined for one that does not. */
    private standsUntil: number | undefined

    constructor(
        vm: WebAssembly.Module,
        private readonly options: VirtualBoardOptions,
    ) {
        this.wire = this.makeWire()
        const { heapBytes, configuration, features, seed = DEFAULT_SEED, onEvent, door } = options
        this.flash = options.flash ?? { bytes: new Uint8Array(0) }
        this.board = new SimulatedBoard(vm, {
            ...{ heapBytes, seed, resetsForHardware: true, flash: this.flash },
            ...(configuration && { configuration }),
            ...(features && { features }),
            ...(door && { door: { ...door, arrivals: this.overheard(door.arrivals) } }),
            onFrame: frame => this.wire.forward(this.pretended(frame)),
            onEvent: (event, board) => {
                if (event.kind === "log") this.wire.print(rawLine(event.level, event.text))
                onEvent?.(event, board)
            },
            onReset: () => this.leave(),
        })
        if (options.bytecode) this.board.load(options.bytecode, options.settings)
    }

    /** The board itself, to look at. */
    get simulated(): SimulatedBoard {
        return this.board
    }

    /** Lets time pass. */
    powerOn(): void {
        this.isOn = true
        this.origin = performance.now()
        this.boots()
        this.run()
    }

    powerOff(): void {
        this.isOn = false
        this.wait()
        this.unplug()
    }

    /** Plugs a host in, in place of the one before. */
    plug(cable: Cable): void {
        this.cable = cable
        this.ready = true
        this.flush()
    }

    unplug(): void {
        this.cable = undefined
    }

    /** Its firmware fails: it stands still until its watchdog, or its own panic, resets it. */
    fail(): void {
        const { faultMs = FAULT_MS } = this.options
        this.standsUntil ??= performance.now() + faultMs
    }

    /** Its flash is erased, program and settings, as a flash tool does it; then it is reset. */
    erase(): void {
        this.flash.bytes = new Uint8Array(0)
        this.board.reset()
    }

    /** Somebody presses its reset button. */
    resetByHand(): void {
        this.board.reset()
    }

    /** Bytes from the host. */
    receive(bytes: Uint8Array): void {
        if (this.isDeaf) return
        this.wire.receive(bytes)
        if (this.isOn) this.run()
    }

    /** The host takes bytes again. */
    drained(): void {
        this.ready = true
        this.flush()
    }

    private makeWire(): UsbEndpoint {
        return new UsbEndpoint(frame => {
            // The decoder's own. A real board has its host wait instead.
            if (this.waiting.length < MAX_WAITING) this.waiting.push(frame.slice())
        })
    }

    /** Hands the board what has come for it. @returns whether it can do anything else: it may work at a hash */
    private takeFrames(): boolean {
        for (let frame = this.waiting[0]; frame; frame = this.waiting[0]) {
            const now = performance.now()
            if (this.busyUntil === 0) this.busyUntil = now + this.workMs(frame)
            if (now < this.busyUntil) return false
            this.busyUntil = 0
            this.waiting.shift()
            this.ofHost.add(frame)
            if (this.isLostBy(frame)) {
                this.standsUntil = Infinity
                return false
            }
            this.board.receive(frame)
        }
        return true
    }

    /** Firmware that is to start a program and has none looks for one in erased flash, at full load, for ever. */
    private isLostBy(frame: Uint8Array): boolean {
        const starts = packetWith(frame, WRITE_AUTOSTART)?.data[0] === 1
        return starts && programInFlash(this.flash.bytes) === undefined
    }

    private get isDeaf(): boolean {
        return this.standsUntil !== undefined || performance.now() < this.bootsUntil
    }

    private boots(): void {
        const { bootMs = BOOT_MS } = this.options
        this.bootsUntil = performance.now() + bootMs
    }

    /** Frames on the bus that are not the board's: its bridge forwards those as well. */
    private overheard(arrivals: Arrivals): Arrivals {
        return heardArrivals(arrivals, next => {
            if (next.kind === "frame" && !this.ofHost.has(next.frame)) this.wire.forward(next.frame)
        })
    }

    /** A frame of the board's, with the version that it is to have. */
    private pretended(frame: Uint8Array): Uint8Array {
        const version = this.options.runtimeVersion?.split(".").map(Number)
        const told = version && packetsOf(frame).find(({ command }) => command === READ_VERSION)
        if (!told || told.data.length !== 4) return frame
        const [major = 0, minor = 0, patch = 0] = version
        told.data.set([patch & 0xff, patch >> 8, minor, major])
        return sealFrame(frame)
    }

    private workMs(frame: Uint8Array): number {
        if (!packetWith(frame, READ_HASH)) return 0
        const { hashUsPerByte = HASH_US_PER_BYTE, speed = 1 } = this.options
        const bytes = programInFlash(this.flash.bytes)?.length ?? 0
        return (bytes * hashUsPerByte) / 1000 / speed
    }

    /** Does what is due, and comes back when there is more. */
    private run(): void {
        if (this.running) return
        this.running = true
        this.wait()
        const { board } = this
        if (this.standsUntil !== undefined && performance.now() >= this.standsUntil) board.reset()
        const isFree = this.standsUntil === undefined && this.takeFrames()
        // Whole milliseconds, as only those are the same in the board's microseconds.
        const { speed = 1 } = this.options
        const dueMs = Math.floor(this.dueMs())
        const untilMs = Math.min(dueMs, Math.floor(board.nowMs) + MAX_STRIDE_MS * speed)
        while (isFree && this.standsUntil === undefined && board.nowMs < untilMs)
            if (!this.step(untilMs)) this.fail()
        this.options.onProgress?.(this.board)
        this.running = false
        this.flush()
        const again = () => this.run()
        if (!this.isOn) return
        // What the host has sent meanwhile comes first.
        if (isFree && untilMs < dueMs) this.soon = setImmediate(again)
        else this.timer = setTimeout(again, TICK_MS)
    }

    /** Does nothing by itself any more. */
    private wait(): void {
        clearTimeout(this.timer)
        clearImmediate(this.soon)
    }

    /** @returns whether the firmware is alive */
    private step(untilMs: number): boolean {
        const { board } = this
        try {
            board.step(untilMs)
            return board.death?.code !== FAULT
        } catch (error) {
            // The program has corrupted its heap: sooner or later hardware fails of that.
            if (error instanceof HeapError) return false
            throw error
        }
    }

    /** The board's time as it should be. */
    private dueMs(): number {
        const { speed = 1 } = this.options
        const elapsedMs = performance.now() - this.origin
        const lagMs = elapsedMs - this.board.nowMs / speed
        if (lagMs <= MAX_LAG_MS) return elapsedMs * speed
        this.origin += lagMs
        return this.board.nowMs
    }

    /** The host sees the board leave when it resets. */
    private leave(): void {
        const { cable } = this
        this.unplug()
        this.wire = this.makeWire()
        this.waiting.length = 0
        this.busyUntil = 0
        this.standsUntil = undefined
        this.boots()
        cable?.unplugged()
    }

    private flush(): void {
        if (this.isDeaf) return
        while (this.cable && this.ready) {
            const packet = this.wire.pull()
            if (packet.length === 0) return
            this.ready = this.cable.send(packet)
        }
    }
}

/** The mark the firmware puts before a line that is not its own. */
const MARKS: Record<string, string> = { log: "> ", warn: "* ", error: "! ", debug: "? " }

function rawLine(level: string, text: string): string {
    return (MARKS[level] ?? "") + text
}

/** A frame's packet with this command for one of the board's services, if it has one. */
function packetWith(frame: Uint8Array, wanted: number): JacdacPacket | undefined {
    return packetsOf(frame).find(
        ({ service, command }) => command === wanted && service !== SERVICE_INDEX.control,
    )
}
