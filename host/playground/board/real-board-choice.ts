import { signal } from "@preact/signals"
import type { OfferedBoard } from "../../link/flash/flash-offer"
import type { Program } from "../../model/program/program"
import type { PageSurroundings } from "../../page/page-surroundings"
import { startSiteWorker } from "../site-files"
import type { RealBoard } from "./real-board"
import type { RealBoardView } from "./real-board-view"

/** What a board is taken for that does not say what it is, and that nobody has named. */
const USUAL = "pico"

/** What the choice gets from the playground. */
export interface RealBoardChoiceGiven {
    boards(): Promise<OfferedBoard[]>
    /** The board that is chosen, if one is. */
    boardId(): string | undefined
    /** What is open, built. @throws UserError when it cannot be */
    program(): Promise<Program>
    around: PageSurroundings
}

/** A real board in place of the simulated one. What it takes is loaded when it is wanted first. */
export class RealBoardChoice {
    readonly shown = signal<{ board: RealBoard; View: typeof RealBoardView } | undefined>(undefined)
    readonly isLoading = signal(false)
    private loaded: { board: RealBoard; View: typeof RealBoardView } | undefined
    private built: Program | undefined

    constructor(private readonly given: RealBoardChoiceGiven) {}

    /** @throws Error when the site cannot be reached */
    async show(): Promise<void> {
        this.isLoading.value = true
        try {
            this.loaded ??= await this.load()
            this.shown.value = this.loaded
        } finally {
            this.isLoading.value = false
        }
        // Objects of a board that runs it already then have its names.
        this.build().catch(() => undefined)
    }

    /** Lets go of the board. */
    async hide(): Promise<void> {
        this.shown.value = undefined
        await this.loaded?.board.leave()
    }

    private async load() {
        const [
            { RealBoard },
            { RealBoardView: View },
            { workerSimulations },
            { boardOf },
            offered,
        ] = await Promise.all([
            import("./real-board"),
            import("./real-board-view"),
            import("./worker-simulations"),
            import("../../link/flash/flash-offer"),
            this.given.boards(),
        ])
        const boards = offered.map(boardOf)
        const find = (wanted = USUAL) => boards.find(({ id }) => id === wanted)
        const startWorker = () => startSiteWorker("simulation-worker.js")
        const board = new RealBoard({
            boards,
            board: () => find(this.given.boardId()) ?? find()!,
            program: () => this.build(),
            compiled: () => this.built,
            simulations: workerSimulations(startWorker),
            around: this.given.around,
        })
        return { board, View }
    }

    private async build(): Promise<Program> {
        return (this.built = await this.given.program())
    }
}
