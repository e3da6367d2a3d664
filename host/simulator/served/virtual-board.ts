import type { ChipFeatures } from "../../boards/architectures"
import type { MemoryEvent } from "../../model/events"
import { FAULT, SimulatedBoard } from "../simulated-board"
import type { Settings } from "../../model/program/program"
import { HeapError } from "../../model/heap/heap-memory"
import { UsbEndpoint } from "./usb-endpoint"

/** A host's end of the cable. */
export interface Cable {
    /** Bytes for the host; they are the host's to keep. @returns whether it takes more at once */
    send(bytes: Uint8Array): boolean
    /** The board has gone: it resets. */
    unplugged(): void
}

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
/** Real milliseconds between two looks at what is due. */
const TICK_MS = 1

/**
 * A simulated board that lives in real time at the other end of a wire, and cannot be told from a real
 * one there. It keeps its program in flash: what is deployed over the wire survives a reset.
 */
export class VirtualBoard {
    private wire: UsbEndpoint
    private readonly board: SimulatedBoard
    private cable: Cable | undefined
    /** The host takes bytes. */
    private ready = false
    private timer: NodeJS.Timeout | undefined
    /** When the board was powered on, by the host's clock. */
    private origin = 0
    private isOn = false
    private running = false

    constructor(
        vm: WebAssembly.Module,
        private readonly options: VirtualBoardOptions,
    ) {
        this.wire = this.makeWire()
        const { heapBytes, configuration, features, seed = DEFAULT_SEED, onEvent } = options
        this.board = new SimulatedBoard(vm, {
            ...{ heapBytes, seed },
            ...(configuration && { configuration }),
            ...(features && { features }),
            onFrame: frame => this.wire.forward(frame),
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
        this.run()
    }

    powerOff(): void {
        this.isOn = false
        clearTimeout(this.timer)
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

    /** Bytes from the host. */
    receive(bytes: Uint8Array): void {
        this.wire.receive(bytes)
        if (this.isOn) this.run()
    }

    /** The host takes bytes again. */
    drained(): void {
        this.ready = true
        this.flush()
    }

    private makeWire(): UsbEndpoint {
        return new UsbEndpoint(frame => this.board.receive(frame))
    }

    /** Does what is due, and comes back when there is more. */
    private run(): void {
        if (this.running) return
        this.running = true
        clearTimeout(this.timer)
        const { board } = this
        // Whole milliseconds, as only those are the same in the board's microseconds.
        const untilMs = Math.floor(this.dueMs())
        while (board.nowMs < untilMs) {
            if (!this.step(untilMs)) board.reset()
        }
        this.options.onProgress?.(this.board)
        this.running = false
        this.flush()
        if (this.isOn) this.timer = setTimeout(() => this.run(), TICK_MS)
    }

    /** @returns whether the firmware is alive: when it is not, a board's watchdog resets it */
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
        cable?.unplugged()
    }

    private flush(): void {
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
