import { sizeReport } from "../../analysis/size/size-parts"
import type { HandAction } from "../../model/controls"
import type { Control, Wants } from "../../model/flow"
import type { RunOptions } from "../../simulator/run"
import type { SimulatedBoard } from "../../simulator/simulated-board"
import { Allocations } from "./allocations"
import { Looks } from "./looks"
import { Reports } from "./reports"
import { Visits } from "./visits"

/** What waits to be done by hand, at the most: nobody has more than a few. */
const MAX_HANDS = 100

/** After an allocation, for who wants to know soon. Real milliseconds. */
const SOON_MS = 40

/** What may be asked of a simulation while it runs, and done to it. */
export class LiveSimulation {
    readonly control: Control
    private readonly looks: Looks
    private readonly allocations: Allocations
    private readonly reports: Reports
    private readonly visits: Visits
    private isCaptureDue = false
    private hands: HandAction[] = []

    /** @param options of the run, as it can be done again */
    constructor(options: ConstructorParameters<typeof Reports>[0]) {
        const { program, board } = options
        const looks = (this.looks = new Looks(program))
        const allocations = (this.allocations = new Allocations(program))
        const reports = (this.reports = new Reports(options))
        const visits = (this.visits = new Visits(program))
        this.control = {
            hand: action => this.hand(action),
            report: () => reports.request(),
            allocated: () => allocations.request(),
            size: () => JSON.stringify(sizeReport(program)),
            layouts: async () => {
                // It reads sources, which most never ask for: a tab fetches it then.
                const { programLayouts } = await import("./program-layouts")
                return JSON.stringify(programLayouts(program, board))
            },
            sourceText: file => allocations.source(file),
            look: at => (at ? visits.look(at, board => looks.heapOf(board)!) : looks.request()),
            visit: request => visits.request(request),
        }
    }

    /** Has the whole heap told of, soon. @returns what to tell whoever asked */
    capture(): string {
        this.isCaptureDue = true
        return "exact figures taken"
    }

    /** To be given to the run. */
    hooks(wants: Wants | undefined) {
        return {
            heapMap: !!wants?.heapMap,
            displays: !!wants?.displays,
            controls: !!wants?.controls,
            hands: () => this.hands.splice(0),
            isCaptureDue: () => {
                const { isCaptureDue } = this
                this.isCaptureDue = false
                return isCaptureDue
            },
            onPause: board => {
                this.looks.pause(board)
                this.allocations.pause(board)
                this.reports.pause(board)
            },
            onEvent: (event, board) => {
                if (event.kind === "panic") this.over(board)
            },
            onEnd: board => this.over(board),
            ...(wants?.soon && { soonMs: SOON_MS }),
            ...(wants?.visits && { timeTravel: this.visits.history }),
        } satisfies Partial<RunOptions>
    }

    /** The run is over, or its program has died: what it was until then can still be asked for. */
    private over(board: SimulatedBoard): void {
        this.looks.over(board)
        this.allocations.over(board)
        this.reports.pause(board)
    }

    private hand(action: HandAction): string {
        if (this.hands.length < MAX_HANDS) this.hands.push(action)
        const { name, to } = action
        return to === undefined ? `${name} is pressed` : `${name} is set to ${to}`
    }
}
