import type { RunMoment } from "../../model/run-moment"

/** How far a run was. */
export interface RunMarks {
    /** Virtual microseconds since power-on. */
    atUs: number
    /** Bytecode instructions executed. */
    instructions: number
    allocations: number
    collections: number
}

/** Whether a run that was so far, between two steps, had that moment still before it. */
export function isBefore({ atUs, allocations, collections }: RunMarks, moment: RunMoment): boolean {
    switch (moment.kind) {
        case "time":
        case "log":
            return atUs / 1000 < moment.atMs
        case "allocation":
            return allocations < moment.number
        case "free":
            return allocations < moment.allocations
        case "collection":
            return collections < moment.number
    }
}

/** How far a board is that stands between two steps. */
export function marksOf(board: {
    clock: { nowUs: number }
    instructions: number
    tracker: { allocations: number; collections: number }
}): RunMarks {
    const { clock, instructions, tracker } = board
    const { allocations, collections } = tracker
    return { atUs: clock.nowUs, instructions, allocations, collections }
}
