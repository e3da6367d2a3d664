/** A moment of a simulated run. All but a time are in the middle of what the board does. */
export type RunMoment =
    /** Between two of the board's steps, at a simulated time in milliseconds. */
    | { kind: "time"; atMs: number }
    /** Right after the nth allocation of the run, from 1: nothing holds its block yet. */
    | { kind: "allocation"; number: number }
    /** Right after the nth collection of the run, from 1. */
    | { kind: "collection"; number: number }
    /** When a line with this text is logged; `atMs` is the line's, in whole simulated milliseconds. */
    | { kind: "log"; atMs: number; text: string }
    /** When the VM itself is about to give back the block at an address, after so many allocations. */
    | { kind: "free"; address: number; allocations: number }

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
            return atUs < moment.atMs * 1000
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
