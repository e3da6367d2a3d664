import type { u16, u32, u8 } from "../../src/schema"

// `heapscope generate devs/station/place.ts` makes place.generated.ts of this.

/** Where an order is on its way. */
export const enum State {
    None,
    Received,
    Cooking,
    Ready,
    Served,
    Paid,
}

/** What is kept of a place. */
export interface Place {
    /** Its order, as `packOrder` packs it: 24 bits. */
    order: u32
    /** The guest's dishes, as in `Guest`. */
    dishes: u16
    state: State
    /** Steps left in this state. */
    steps: u8
}
