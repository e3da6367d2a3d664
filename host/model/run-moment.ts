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
