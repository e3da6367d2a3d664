import { programConfiguration } from "../boards/program-configuration"
import type { HeapBlock } from "../model/heap/block"
import type { MemoryEvent } from "../model/events"
import type { GcFigures, HeapFigures, LogLine, Sample } from "../model/figures"
import type { GraphOutline, HeapGraph, ProgramNames } from "../model/graph/graph"
import { buildGraph } from "../model/graph/build-graph"
import { hex, HeapError } from "../model/heap/heap-memory"
import { freeList, listBlocks } from "../model/heap/walk"
import { ACTIVATION, ARRAY, CTX, JD_ROLE, ROLE } from "../model/heap/layout"
import { decodeValue } from "../model/heap/value"
import { AllocationSites, type AllocationSite, type SitesState } from "./allocation-sites"
import { microseconds, type Clock } from "./clock"
import { HeapTracker, type TrackerState } from "./heap-tracker"
import { KeptHeaps } from "./kept-heaps"
import { PeakHeap } from "./peak-heap"
import { UserError } from "../base/errors"
import type { Settings } from "../model/program/program"
import type { Door } from "./door"
import { emptyWorld } from "./world/empty-world"
import {
    Machine,
    VmStoppedError,
    type MachineHooks,
    type MachineOptions,
    type MachineState,
} from "./machine"

/** What `devs_panic` gets when the program asks to be started again, and `DEVS_PANIC_REBOOT`. */
const RESTARTS: readonly number[] = [0, 60000]
/** `DEVS_PANIC_OOM`. */
const OUT_OF_MEMORY = 60004
/** Stands for a fault of the firmware itself, which has no code of its own. */
export const FAULT = 0

/** The program died: what was true at that moment, before the VM took the heap down. */
export interface Death {
    /** `DEVS_PANIC_*` in the VM's `devicescript.h`; 0 for a fault of the firmware itself. */
    code: number
    atMs: number
    heap: HeapFigures
    gc: GcFigures
    blocks: HeapBlock[]
    /** Of an array that had a property set on it, if one had. */
    corruptedArray: number | undefined
    /** The places whose allocations held live bytes, the most first. */
    holders: AllocationSite[]
    /** The request that found no block, when that is why. */
    requestedBytes: number | undefined
    /** No line of the program had run yet. */
    beforeStart: boolean
    /** Global program counters of the call frames, innermost first. */
    programCounters: number[]
}

/** A board between two steps, as data. */
export interface Keyframe {
    machine: MachineState
    tracker: TrackerState
    sites: SitesState
    /** Address of the program's heap. */
    gc: number
    /** When the board next has something to do, in virtual microseconds. */
    wakeUs: number
    bytecode: Uint8Array
}

/** Of a block. */
const HEADER_BYTES = 4

/**
 * Hears of an allocation: `words` is the board's memory, to be read only; `ctx` the running program's
 * context, 0 before there is one; `bytes` the size of the block at `address`, header included; `asked`
 * the bytes that were asked for: what was left of the hole may be too small for a block of its own; `pc`
 * the place in the program that it is charged to, as `AllocationSites` has it.
 */
export type AllocationListener = (
    words: Uint32Array,
    ctx: number,
    tag: number,
    bytes: number,
    address: number,
    asked: number,
    pc: number,
) => void

export interface BoardOptions extends MachineOptions {
    /** Nominal heap size of the board, in bytes. */
    heapBytes: number
    /** Seed of the board's randomness when it has no world of its own, a 32-bit number. */
    seed: number
    /** What the board is connected to. Default: nothing. */
    door?: Door
    /** By pc: 1 where the code is a library's, whose allocations are charged to their caller. */
    isLibrary?: Uint8Array
    /**
     * Gets every event, in order, and the board: at a panic its heap is still there. Called from
     * inside the VM: look, do not call back into the board.
     */
    onEvent?: (event: MemoryEvent, board: SimulatedBoard) => void
    /** Observe its allocations from the start, as `SimulatedBoard.observe` has it. */
    observers?: readonly AllocationListener[]
    /** Hears of the address of a block that the VM gives back itself, with no collection. */
    onFreed?: (address: number) => void
    /** Hears of the address of a list at whose end so many elements are about to be put. */
    onPush?: (list: number, elements: number) => void
    /** Hears of every Jacdac frame the board sends. Called from inside the VM, like `onEvent`. */
    onFrame?: (frame: Uint8Array) => void
    /** What a board of the same options was at a moment: it goes on from there. Default: it is switched on. */
    from?: Keyframe
    /** Keeps the heap of the moment at which most was live, for `peak`. */
    keepsPeak?: boolean
    /**
     * Called when more is live than ever, with the address of the block that was just made and counts (0 for
     * none): its observers hear of that right after.
     */
    onPeak?: (made: number) => void
    /** Called when the board is reset, before it boots: by the program, by a host, or because the firmware failed. */
    onReset?: () => void
}

/** What a look at a heap is for: how it grows, and what room it has. */
export interface HeapLook {
    liveBytes: number
    /** The largest hole that a collection would leave. */
    largestHoleBytes: number
    /** Builds an outline of the object graph as it was then; undefined without a heap. */
    outline: ((names?: ProgramNames) => GraphOutline) | undefined
}

/** What is on the heap when most is live. */
export interface HeapPeak {
    graph: HeapGraph
    /** A block that was made at that moment and is held by nothing yet. */
    made?: { address: number; bytes: number; pc: number }
}

const LEVELS: Record<string, LogLine["level"]> = {
    ">": "log",
    "*": "warn",
    "!": "error",
    "?": "debug",
}

/**
 * A board that exists only here: the official VM under a board's memory limits, in virtual time.
 * Each board is a world of its own; several run side by side.
 */
export class SimulatedBoard implements MachineHooks {
    readonly tracker: HeapTracker
    death: Death | undefined
    private readonly door: Door
    private readonly machine: Machine
    private readonly sites: AllocationSites
    private readonly observers: AllocationListener[]
    private readonly onEvent: BoardOptions["onEvent"]
    private readonly onFreed: BoardOptions["onFreed"]
    private gc = 0
    private bytecode: Uint8Array = new Uint8Array()
    private keptHeaps: KeptHeaps | undefined
    /** The last look, and the change of the heap by which it was: until the next, there is nothing new to see. */
    private lastLook: { changes: number; look: HeapLook } | undefined
    private readonly peakHeap: PeakHeap | undefined
    /** The block with which more is live than ever, until it is known who asked for it. */
    private makesPeak = 0
    /** When the board next has something to do. */
    private wakeUs = 0

    constructor(
        module: WebAssembly.Module,
        private readonly options: BoardOptions,
    ) {
        this.door = heard(options.door ?? emptyWorld(options.seed), options.onFrame)
        this.machine = new Machine(module, this, this.door, options)
        this.observers = [...(options.observers ?? [])]
        this.onEvent = options.onEvent
        this.onFreed = options.onFreed
        const { work } = this.machine
        this.tracker = new HeapTracker(this.machine.words, options.heapBytes, () => work.turns)
        this.sites = new AllocationSites(this.machine.words, options.isLibrary)
        this.tracker.onCollected = liveBytes =>
            this.emit({ kind: "gc", atMs: this.clockMs, liveBytes })
        if (options.keepsPeak) {
            this.peakHeap = new PeakHeap()
            this.tracker.onHighWater = made => {
                if (made === 0) this.takePeak(0)
                else this.makesPeak = made
            }
        }
        if (options.from) this.restore(options.from)
        else this.machine.powerOn()
    }

    /** Its time: set an alarm to act on the board, or to look at it. */
    get clock(): Clock {
        return this.machine.clock
    }

    /** Simulated milliseconds since power-on. */
    get nowMs(): number {
        return this.machine.clock.nowMs
    }

    /**
     * Has somebody hear of every allocation until the program dies, beside those that do already. Called
     * from inside the VM, like `onEvent`: look, and do not disturb.
     * @returns ends it
     */
    observe(observer: AllocationListener): () => void {
        const { observers } = this
        observers.push(observer)
        return () => {
            const index = observers.indexOf(observer)
            if (index >= 0) observers.splice(index, 1)
        }
    }

    /** Bytecode instructions executed since power-on. */
    get instructions(): number {
        return this.machine.instructions
    }

    /** What its program has cost in time since power-on, and how near it came to the VM's limits. */
    get work(): Machine["work"] {
        return this.machine.work
    }

    /** The VM's own clock, which counts whole milliseconds. */
    private get clockMs(): number {
        return Math.floor(this.nowMs)
    }

    /**
     * Puts a program and its settings into the flash.
     * @throws Error when the VM refuses the program, UserError when the settings do not fit
     */
    load(bytecode: Uint8Array, settings: Settings = new Map()): void {
        this.bytecode = bytecode
        this.keptHeaps = new KeptHeaps(this.sites, bytecode)
        const configuration = programConfiguration(bytecode)
        if (configuration) this.machine.startServices(configuration)
        for (const [name, value] of [...this.door.settings.all, ...settings])
            if (this.machine.setSetting(name, value) !== 0)
                throw new UserError(
                    "E_SETTING",
                    `the setting ${name} does not fit on the board: its ${value.length} bytes are too many beside the others. Shorten it, or leave it out of .env.defaults or .env.local.`,
                )
        const error = this.machine.deploy(bytecode)
        if (error !== 0)
            throw new UserError(
                "E_BYTECODE",
                `the VM's verifier refuses the program (code ${-error}): its bytecode is damaged. Build it again with "devs build".`,
            )
    }

    /**
     * Lets time pass to the next moment at which something is due, or only to `untilMs` if that is
     * sooner, and does what is due then: alarms that ring before the board runs, what arrives for it, the
     * board's own work, alarms that ring after it. The board runs at its own times alone: stopping in
     * between to look changes nothing.
     * @returns whether the program can still do anything: it neither died nor ended
     */
    step(untilMs: number): boolean {
        const { clock } = this
        this.takeArrivals()
        clock.advanceTo(Math.min(this.wakeUs, clock.nextUs, microseconds(untilMs)))
        clock.ring("before")
        this.takeArrivals()
        if (this.wakeUs <= clock.nowUs) this.process()
        clock.ring("after")
        return !this.isOver
    }

    /**
     * Lets time pass to a moment, or until the program is over.
     * @param isDone asked after every step: whether to stop here
     * @returns whether the program can still do anything
     */
    runUntil(untilMs: number, isDone?: () => boolean): boolean {
        while (this.nowMs < untilMs && !isDone?.()) if (!this.step(untilMs)) return false
        return true
    }

    /** Whether the program can do nothing any more: it died, or ran to its end. */
    get isOver(): boolean {
        return this.death !== undefined || this.isFinished()
    }

    /**
     * Whether the program ran to its end: it has no fiber left that anything could wake, and nobody
     * can call it, neither a service nor a connection.
     */
    isFinished(): boolean {
        const ctx = this.tracker.context()
        if (!this.tracker.started || ctx === 0 || this.word(ctx + CTX.fibers) !== 0) return false
        return !this.hearsServices(ctx) && !this.door.network.isOpen()
    }

    /** A role keeps what the program wants to hear of its service in an object of its own. */
    private hearsServices(ctx: number): boolean {
        // Asked after every step of a board that waits: nothing is made for it.
        const roles = this.word(ctx + CTX.roles)
        const count = this.word(ctx + CTX.numRoles) & 0xffff
        for (let i = 0; i < count; i++) {
            const role = this.word(roles + 4 * i)
            if (role !== 0 && this.word(role + ROLE.attached) !== 0) return true
        }
        return false
    }

    /** Addresses of the program's roles. */
    private roles(ctx: number): number[] {
        const roles = this.word(ctx + CTX.roles)
        const count = this.word(ctx + CTX.numRoles) & 0xffff
        const addresses = Array.from({ length: count }, (_, i) => this.word(roles + 4 * i))
        return addresses.filter(address => address !== 0)
    }

    /** Names of the program's roles that nobody on the bus plays now. */
    unboundRoles(): string[] {
        const ctx = this.tracker.context()
        if (!this.tracker.heap || ctx === 0) return []
        return this.roles(ctx)
            .map(role => this.word(role + ROLE.role))
            .filter(role => role !== 0 && this.word(role + JD_ROLE.service) === 0)
            .map(role => this.machine.text(this.word(role + JD_ROLE.name)))
    }

    /** Names of the settings that the program asked for and nobody gave the board. */
    missingSettings(): string[] {
        return [...this.machine.missing]
    }

    /** The heap now. Looking changes nothing on the board. */
    sample(atMs = this.nowMs): Sample {
        const { tracker } = this
        const stats = tracker.heapStats()
        return {
            atMs,
            usedBytes: stats?.usedBytes ?? 0,
            liveBytes: tracker.liveBytes(),
            freeBytes: stats?.freeBytes ?? 0,
            largestFreeBytes: stats?.largestFreeBytes ?? 0,
            collections: tracker.collections,
            allocations: tracker.allocations,
            allocatedBytes: tracker.allocatedBytes,
        }
    }

    /** Every block now, in order of address, each with whether it is live. */
    blocks(): HeapBlock[] {
        const { tracker } = this
        if (!tracker.heap) return []
        tracker.liveBytes()
        const blocks = listBlocks(tracker.heap)
        for (const block of blocks) block.live = tracker.isLive(block.address)
        return blocks
    }

    /** Addresses of the free blocks that an allocation can take before the next collection. */
    freeList(): Set<number> {
        const { heap } = this.tracker
        return heap ? freeList(heap) : new Set()
    }

    /**
     * Sees to it that no array has a property set on it: what it is kept in is freed while it is in use,
     * and the heap is corrupted sooner or later.
     * @throws HeapError when one has
     */
    checkProperties(): void {
        // What the memory holds after a death is no heap any more.
        const corrupted = this.death
            ? this.death.corruptedArray
            : this.arrayWithProperty(this.blocks())
        if (corrupted !== undefined)
            throw new HeapError(`a property was set on the array at ${hex(corrupted)}`)
    }

    private arrayWithProperty(blocks: readonly HeapBlock[]): number | undefined {
        return blocks.find(
            ({ type, address }) => type === "array" && this.word(address + ARRAY.attached) !== 0,
        )?.address
    }

    /**
     * What is on the heap now and what holds it; undefined while there is no heap. Looking changes
     * nothing on the board.
     * @param names the compiler's, for globals and variables
     */
    graph(names?: ProgramNames): HeapGraph | undefined {
        const { tracker, bytecode, sites } = this
        if (!tracker.heap) return undefined
        return buildGraph({
            heap: tracker.heap,
            ctx: tracker.context(),
            bytecode,
            names,
            allocations: sites,
        })
    }

    /** The heap now, for a judgement of the run: cheap enough to be looked at all the time. */
    look(): HeapLook {
        const { tracker, keptHeaps } = this
        const { heap } = tracker
        if (!heap || !keptHeaps) return { liveBytes: 0, largestHoleBytes: 0, outline: undefined }
        const liveBytes = tracker.liveBytes()
        if (this.lastLook?.changes === tracker.changes) return this.lastLook.look
        const { kept, largestHoleBytes } = keptHeaps.keep(heap, tracker.context(), address =>
            tracker.isLive(address),
        )
        const outline = (names?: ProgramNames) => keptHeaps.outlineOf(kept, names)
        const look = { liveBytes, largestHoleBytes, outline }
        this.lastLook = { changes: tracker.changes, look }
        return look
    }

    /**
     * What was on the heap when most was live, of a board that keeps it: `liveBytes` of the graph, with the
     * block that was just made, are the high-water mark.
     * @param names the compiler's, for globals and variables
     */
    peak(names?: ProgramNames): HeapPeak | undefined {
        const { peakHeap, keptHeaps } = this
        const kept = peakHeap?.kept()
        if (!peakHeap || !kept || !keptHeaps) return undefined
        const { made } = peakHeap
        return {
            graph: keptHeaps.graphOf(kept, names),
            ...(made !== 0 && {
                made: { address: made, bytes: peakHeap.sizeOf(made), pc: peakHeap.pcOf(made) },
            }),
        }
    }

    /** Where the block at an address was allocated: see `AllocationSites`. */
    pcOf(address: number): number {
        return this.sites.pcOf(address)
    }

    /** Which allocation of the run, from 1, made the block at an address; 0 where there is none. */
    allocationAt(address: number): number {
        return this.sites.numberOf(address)
    }

    /** Global program counters of the call frames that are open now, innermost first. */
    callStack(): number[] {
        const ctx = this.tracker.context()
        return ctx === 0 ? [] : this.programCounters(ctx)
    }

    /** Hands a Jacdac frame to the board, as a host on its wire does. */
    receive(frame: Uint8Array): void {
        this.door.arrivals.put({ kind: "frame", frame })
        this.takeArrivals()
    }

    /**
     * What is to be waited for before the next step, when the world has work under way on the host's
     * event loop: to a world with Jacdac services every run must ask.
     */
    settling(): Promise<void> | undefined {
        return this.door.arrivals.settling()
    }

    /**
     * All of the board at this moment, as data: a board made `from` it goes on as this one does, if the
     * same comes through its door. To be called between two steps, of a board that lives.
     */
    keyframe(): Keyframe {
        const { machine, tracker, sites, gc, wakeUs, bytecode } = this
        return {
            ...{ gc, wakeUs, bytecode },
            machine: machine.save(),
            tracker: tracker.save(),
            sites: sites.save(),
        }
    }

    /** Puts the board to a moment, its own or another's; but an alarm that has rung has rung. */
    restore({ gc, wakeUs, bytecode, machine, tracker, sites }: Keyframe): void {
        this.death = undefined
        this.makesPeak = 0
        this.machine.restore(machine)
        this.tracker.restore(tracker)
        this.sites.restore(sites)
        this.gc = gc
        this.wakeUs = wakeUs
        this.bytecode = bytecode
        this.keptHeaps = new KeptHeaps(this.sites, bytecode)
    }

    /** Forces a collection, which changes the board. @returns bytes left */
    collect(): number {
        this.tracker.isRunning = true
        this.machine.collect(this.gc)
        this.tracker.isRunning = false
        return this.tracker.usedBytes
    }

    allocated(_gc: number, tag: number, size: number, address: number): void {
        const { tracker } = this
        tracker.allocated(tag, size, address)
        if (address === 0) return
        const ctx = tracker.context()
        const pc = this.sites.record(address, ctx, tracker.allocations)
        if (this.makesPeak !== 0) this.takePeak(this.makesPeak)
        if (this.observers.length === 0 || this.death) return
        const bytes = tracker.sizeOf(address)
        for (const observer of this.observers)
            observer(this.machine.words, ctx, tag, bytes, address, size, pc)
    }

    /** The heap is what `peak` tells of, until more is live. */
    private takePeak(made: number): void {
        const { tracker, sites } = this
        this.makesPeak = 0
        this.options.onPeak?.(made)
        if (tracker.heap) this.peakHeap?.take(tracker.heap, tracker.context(), sites, made)
    }

    freeing(_gc: number, data: number): void {
        this.tracker.freeing(data)
        if (data !== 0) this.onFreed?.(data - HEADER_BYTES)
    }

    collected(): void {
        this.tracker.collected()
    }

    closureMade(frame: number): void {
        this.tracker.closureMade(frame)
    }

    created(gc: number): void {
        this.gc = gc
        this.tracker.created(gc)
        const { start, end } = this.tracker.heap!
        this.sites.heapCreated(start, end)
    }

    destroying(): void {
        this.tracker.destroyed()
    }

    pushing(ctx: number, isRange: boolean): void {
        const { onPush } = this.options
        if (!onPush) return
        const { words } = this.machine
        const pointerAt = (index: number) => {
            const at = (ctx + CTX.stack + 8 * index) >>> 2
            return decodeValue(words[at]!, words[at + 1]!).pointer
        }
        const [list, range] = [pointerAt(0), isRange ? pointerAt(1) : undefined]
        if (list === undefined) return
        // On the stack, the list itself stands before them.
        const elements = isRange
            ? range && words[(range + ARRAY.length) >>> 2]! & 0xffff
            : this.machine.bytes[ctx + CTX.stackTopForGc]! - 1
        if (elements) onPush(list, elements)
    }

    panicking(ctx: number, code: number): void {
        if (!RESTARTS.includes(code)) this.die(ctx, code)
    }

    log(text: string, fromProgram: boolean): void {
        const level = fromProgram || text.startsWith("> ") ? LEVELS[text[0]!] : undefined
        this.emit({
            kind: "log",
            atMs: this.clockMs,
            level: level ?? "runtime",
            text: level ? text.slice(2) : text,
        })
    }

    /** As the reset line does it: everything but the flash begins anew; time and counts go on. */
    reset(): void {
        this.tracker.destroyed()
        this.death = undefined
        this.door.arrivals.reset()
        this.options.onReset?.()
        this.machine.reset()
        this.wakeUs = this.clock.nowUs
    }

    private takeArrivals(): void {
        const { arrivals } = this.door
        for (let next = arrivals.take(); next; next = arrivals.take()) {
            const arrival = next
            this.guarded(() => this.machine.receive(arrival))
            this.wakeUs = this.clock.nowUs
        }
    }

    private readonly runMachine = () => this.machine.process()

    /** Has the board do what is due by now. */
    private process(): void {
        const startUs = this.clock.nowUs
        const wait = this.guarded(this.runMachine) ?? 0
        // The VM asks to be called at once when it has more to do: time passes all the same.
        this.wakeUs = startUs + Math.max(wait, 1)
    }

    /** Lets the VM run. @returns undefined when it stopped itself: the board was reset, or is dead */
    private guarded<T>(work: () => T): T | undefined {
        try {
            this.tracker.isRunning = true
            return work()
        } catch (error) {
            const why = whyStopped(error)
            if (why === undefined) throw error
            // Without a program there is nothing to die.
            if (why === "fault" && this.tracker.heap) {
                this.tracker.abandoned()
                this.die(this.tracker.context(), FAULT)
            } else this.reset()
            return undefined
        } finally {
            this.tracker.isRunning = false
        }
    }

    private die(ctx: number, code: number): void {
        if (this.death) return
        const { tracker } = this
        const blocks = this.blocks()
        this.death = {
            code,
            atMs: this.clockMs,
            heap: tracker.figures(),
            gc: tracker.gcFigures(),
            blocks,
            corruptedArray: this.arrayWithProperty(blocks),
            holders: this.sites.holders(blocks),
            requestedBytes: tracker.failedRequestBytes,
            beforeStart: !tracker.started,
            programCounters: this.programCounters(ctx),
        }
        const { atMs, heap, requestedBytes } = this.death
        this.emit({
            ...{ kind: "panic", atMs, code, heap },
            ...(code === OUT_OF_MEMORY && requestedBytes !== undefined && { requestedBytes }),
        })
    }

    private programCounters(ctx: number): number[] {
        const counters: number[] = []
        for (
            let frame = this.word(ctx + CTX.currFn);
            frame;
            frame = this.word(frame + ACTIVATION.caller)
        )
            counters.push(this.word(frame + ACTIVATION.pc) & 0xffff)
        return counters
    }

    private word(address: number): number {
        return this.machine.words[address >>> 2]!
    }

    private emit(event: MemoryEvent): void {
        this.onEvent?.(event, this)
    }
}

/** A door at which `listener` hears the frames the board sends, before the world does. */
function heard(door: Door, listener: BoardOptions["onFrame"]): Door {
    if (!listener) return door
    const sent = (frame: Uint8Array) => {
        listener(frame)
        door.jacdac.sent(frame)
    }
    const { jacdac } = door
    return {
        ...door,
        jacdac: {
            sent,
            roleOpened: role => jacdac.roleOpened(role),
            roleChanged: role => jacdac.roleChanged(role),
        },
    }
}

/** What the VM was stopped by; a trap is what on hardware is an access to memory there is not. */
function whyStopped(error: unknown): VmStoppedError["why"] | undefined {
    if (error instanceof VmStoppedError) return error.why
    return error instanceof WebAssembly.RuntimeError ? "fault" : undefined
}
