import type { MemoryEvent } from "../../model/events"
import { SimulatedBoard, type BoardOptions, type Keyframe } from "../simulated-board"
import { emptyWorld } from "../world/empty-world"
import { DoorPlayer, type DoorRecord } from "../world/record/door-player"
import type { DoorPlace } from "../world/world"
import type { KeyframeStore } from "./keyframe-store"
import { PackedKeyframe } from "./packed-keyframe"
import type { RunMoment } from "../../model/run-moment"
import { isBefore, marksOf, type RunMarks } from "./run-marks"

/** What the board of a run was made of. */
export interface BoardMade {
    module: WebAssembly.Module
    options: Pick<
        BoardOptions,
        "heapBytes" | "seed" | "isLibrary" | "configuration" | "features" | "resetsForHardware"
    >
}

/** Keyframes that are kept of where somebody has just been: he mostly goes on from there. */
const NEAR_KEYFRAMES = 4
/** Bytecode instructions between two of them. */
const NEAR_INSTRUCTIONS = 250_000

/** Stops the board in the middle of what it does. */
class Halt extends Error {
    override name = "Halt"
}

interface NearKeyframe {
    keyframe: Keyframe
    marks: RunMarks
    place: DoorPlace
}

/** Hears of what changes the heap while the board runs from a keyframe to a moment. */
export interface PastListener {
    /** A block was made. */
    allocated(address: number, bytes: number): void
    collected(): void
    /** A block is about to be given back by the VM itself. */
    freeing(address: number): void
}

/** A second board, which is what the board of a run was at any moment of it. */
export class PastBoard {
    /** The board as it was: to be looked at, not to be run. */
    readonly board: SimulatedBoard
    private readonly door: DoorPlayer
    /** The latest last. */
    private near: NearKeyframe[] = []
    /** Asked in the middle of what the board does: whether to stop there. */
    private isThere: (met: MemoryEvent | "allocation" | number) => boolean = never
    private listener: PastListener | undefined

    /** @param record of the run's door, and its keyframes, the first of which is there */
    constructor(
        { module, options }: BoardMade,
        record: DoorRecord,
        private readonly keyframes: KeyframeStore,
    ) {
        this.door = new DoorPlayer(record, "the run's own record", {
            shown: emptyWorld(0),
            settings: new Map(),
        })
        this.board = new SimulatedBoard(module, {
            ...options,
            door: this.door.door,
            from: keyframes.first!.unpack(),
            observers: [
                (_words, _ctx, _tag, bytes, address) => {
                    this.listener?.allocated(address, bytes)
                    this.stopIf("allocation")
                },
            ],
            onEvent: event => {
                if (event.kind === "gc") this.listener?.collected()
                this.stopIf(event)
            },
            onFreed: address => {
                this.listener?.freeing(address)
                this.stopIf(address)
            },
        })
    }

    /**
     * Goes to a moment; to the end of the program, when that is a time after it.
     * @returns false when it is forgotten, or does not come
     */
    goTo(moment: RunMoment): boolean {
        const from = this.nearest(moment)
        if (!from) return false
        this.restore(from)
        return this.play(moment)
    }

    /** Runs on to a moment while somebody listens. */
    replay(until: RunMoment, listener: PastListener): void {
        this.listener = listener
        try {
            this.play(until)
        } finally {
            this.listener = undefined
        }
    }

    /** Stands where a keyframe was taken. */
    restore(from: PackedKeyframe | NearKeyframe): void {
        this.board.restore(from instanceof PackedKeyframe ? from.unpack() : from.keyframe)
        this.door.goTo(from.place)
    }

    private nearest(moment: RunMoment): PackedKeyframe | NearKeyframe | undefined {
        const kept = this.keyframes.before(moment)
        if (!kept) return undefined
        let nearest: PackedKeyframe | NearKeyframe = kept
        for (const near of this.near)
            if (
                isBefore(near.marks, moment) &&
                near.marks.instructions > nearest.marks.instructions
            )
                nearest = near
        return nearest
    }

    private play(moment: RunMoment): boolean {
        const { board } = this
        let nextKeyframe = board.instructions + NEAR_INSTRUCTIONS
        const untilMs = lastMs(moment)
        this.isThere = met => isMet(moment, met, board)
        try {
            while (board.nowMs < untilMs && board.step(untilMs)) {
                if (board.instructions < nextKeyframe || this.listener) continue
                if (!isBefore(marksOf(board), moment)) continue
                this.keepNear()
                nextKeyframe = board.instructions + NEAR_INSTRUCTIONS
            }
            return moment.kind === "time"
        } catch (error) {
            if (!(error instanceof Halt)) throw error
            return moment.kind === "time" || !board.death
        } finally {
            this.isThere = never
        }
    }

    private keepNear(): void {
        const { board, near } = this
        const marks = marksOf(board)
        if (near.some(other => other.marks.instructions === marks.instructions)) return
        near.push({ keyframe: board.keyframe(), marks, place: this.door.place })
        if (near.length > NEAR_KEYFRAMES) near.shift()
    }

    private stopIf(met: MemoryEvent | "allocation" | number): void {
        if (this.isThere(met)) throw new Halt()
    }
}

function never(): boolean {
    return false
}

/** The simulated time by which a moment has come, if it comes. */
function lastMs(moment: RunMoment): number {
    if (moment.kind === "time") return moment.atMs
    return moment.kind === "log" ? moment.atMs + 1 : Infinity
}

/** Whether a moment in the middle of what the board does has come; its death ends all. */
function isMet(
    moment: RunMoment,
    met: MemoryEvent | "allocation" | number,
    { tracker }: SimulatedBoard,
): boolean {
    if (typeof met === "object" && met.kind === "panic") return true
    switch (moment.kind) {
        case "time":
            return false
        case "allocation":
            return met === "allocation" && tracker.allocations >= moment.number
        case "collection":
            return (
                typeof met === "object" && met.kind === "gc" && tracker.collections >= moment.number
            )
        case "log":
            return (
                typeof met === "object" &&
                met.kind === "log" &&
                met.atMs >= moment.atMs &&
                met.text === moment.text
            )
        case "free":
            return met === moment.address && tracker.allocations >= moment.allocations
    }
}
