import type { Door } from "../door"
import type { SimulatedBoard } from "../simulated-board"
import { listenAt } from "../world/record/door-listener"
import { DoorLog } from "./door-log"
import { holeOrigin, type HeapRange } from "./hole-origin"
import { KeyframeStore } from "./keyframe-store"
import { PackedKeyframe } from "./packed-keyframe"
import { PastBoard, type BoardMade } from "./past-board"
import type { RunMoment } from "../../model/run-moment"
import { isBefore, marksOf, type RunMarks } from "./run-marks"

export interface RunHistoryOptions {
    /** Bytes that keyframes may take, about; a quarter of it, what came through the door. Default: 128 MB. */
    maxBytes?: number
    /** Bytecode instructions between two keyframes, the latest of which going there may have to run. */
    everyInstructions?: number
    /** The most simulated milliseconds between two keyframes. */
    everyMs?: number
}

const DEFAULT_BYTES = 128e6
/** Some 100 ms of a machine's time. */
const EVERY_INSTRUCTIONS = 800_000
const EVERY_MS = 60_000

/**
 * What it takes to go back to any moment of a run: keyframes of its board now and then, and what has come
 * through its door since. Kept while the run goes on, in bounded memory; it changes nothing of the run.
 */
export class RunHistory {
    readonly keyframes: KeyframeStore
    readonly log: DoorLog
    private readonly everyInstructions: number
    private readonly everyUs: number
    private board: SimulatedBoard | undefined
    private made: BoardMade | undefined
    private past: PastBoard | undefined
    private last: RunMarks | undefined

    constructor({
        maxBytes = DEFAULT_BYTES,
        everyInstructions = EVERY_INSTRUCTIONS,
        everyMs = EVERY_MS,
    }: RunHistoryOptions = {}) {
        this.keyframes = new KeyframeStore(maxBytes)
        this.log = new DoorLog(maxBytes / 4)
        this.log.onForgotten = place => this.keyframes.forgetBefore(place)
        this.everyInstructions = everyInstructions
        this.everyUs = everyMs * 1000
    }

    /** To be called of the run before its board is made. @returns the door that it is to have */
    listen(door: Door): Door {
        return listenAt(door, this.log)
    }

    /** To be called of the run when its board has its program, before the first step. */
    begin(board: SimulatedBoard, made: BoardMade): void {
        this.board = board
        this.made = made
        this.keep()
    }

    /** To be called of the run after each step. */
    afterStep(): void {
        const { last, board } = this
        if (!last || !board || board.isOver) return
        if (
            board.instructions - last.instructions >= this.everyInstructions ||
            board.clock.nowUs - last.atUs >= this.everyUs
        )
            this.keep()
    }

    /** How far the run is. */
    get now(): RunMarks | undefined {
        return this.board && marksOf(this.board)
    }

    /** From when on one can go back, in simulated milliseconds; `Infinity` before the run begins. */
    get fromMs(): number {
        return (this.keyframes.first?.marks.atUs ?? Infinity) / 1000
    }

    /**
     * A board as it was at a moment, to be looked at until somebody goes to another moment.
     * @returns undefined for a moment that has not come yet, or is forgotten
     */
    goTo(moment: RunMoment): PastBoard | undefined {
        if (!this.made || !this.now || (isBefore(this.now, moment) && !this.board!.isOver))
            return undefined
        this.past ??= new PastBoard(this.made, this.log, this.keyframes)
        return this.past.goTo(moment) ? this.past : undefined
    }

    /**
     * Looks for the moment at which a hole appeared that is there at another one, a piece of the run at a
     * time; nobody may go anywhere meanwhile.
     * @returns undefined when it has been there for as long as is known
     */
    *holeOrigin(moment: RunMoment, hole: HeapRange): Generator<void, RunMoment | undefined> {
        const past = this.goTo(moment)
        const from = this.keyframes.before(moment)
        if (!past || !from) return undefined
        return yield* holeOrigin(past, hole, moment, this.keyframes.back(from))
    }

    private keep(): void {
        const board = this.board!
        this.last = marksOf(board)
        this.keyframes.add(
            new PackedKeyframe(board.keyframe(), this.last, this.log.place, this.keyframes.last),
        )
    }
}
