// Made by heapscope generate from place.ts: change that, and run it again.

/** Bytes of a `Place`. */
export const PLACE_BYTES = 8

/** Room for so many, all zeros: 8 bytes each, and the 12 of the buffer's header. */
export function placeBuffer(count: number): Buffer {
    return Buffer.alloc(count * PLACE_BYTES)
}

export const PLACE_ORDER_AT = 0
/** Its order, as `packOrder` packs it: 24 bits. u32, byte 0. */
export function placeOrder(bytes: Buffer, at: number): number {
    return bytes.getAt(at, "u32")
}

/** Sets it: placeOrder. */
export function setPlaceOrder(bytes: Buffer, at: number, value: number): void {
    bytes.setAt(at, "u32", value)
}

export const PLACE_DISHES_AT = 4
/** The guest's dishes, as in `Guest`. u16, byte 4. */
export function placeDishes(bytes: Buffer, at: number): number {
    return bytes.getAt(at + 4, "u16")
}

/** Sets it: placeDishes. */
export function setPlaceDishes(bytes: Buffer, at: number, value: number): void {
    bytes.setAt(at + 4, "u16", value)
}

export const PLACE_STATE_AT = 6
/** State, byte 6. */
export function placeState(bytes: Buffer, at: number): number {
    return bytes[at + 6]
}

/** Sets it: placeState. */
export function setPlaceState(bytes: Buffer, at: number, value: number): void {
    bytes[at + 6] = value
}

export const PLACE_STEPS_AT = 7
/** Steps left in this state. u8, byte 7. */
export function placeSteps(bytes: Buffer, at: number): number {
    return bytes[at + 7]
}

/** Sets it: placeSteps. */
export function setPlaceSteps(bytes: Buffer, at: number, value: number): void {
    bytes[at + 7] = value
}
