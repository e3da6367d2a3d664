// Made by heapscope generate from ../../devs/station/place.ts: change that, and run it again.

/** Bytes of `Place`. */
export const PLACE_BYTES = 8

/** Room for so many, all zeros. */
export function placeBuffer(count: number): DataView {
    return new DataView(new ArrayBuffer(count * PLACE_BYTES))
}

export const PLACE_ORDER_AT = 0
/** Its order, as `packOrder` packs it: 24 bits. u32, byte 0. */
export function placeOrder(view: DataView, at: number): number {
    return view.getUint32(at, true)
}

/** Sets it: placeOrder. */
export function setPlaceOrder(view: DataView, at: number, value: number): void {
    checkInteger("placeOrder", value, 0, 4294967295)
    view.setUint32(at, value, true)
}

export const PLACE_DISHES_AT = 4
/** The guest's dishes, as in `Guest`. u16, byte 4. */
export function placeDishes(view: DataView, at: number): number {
    return view.getUint16(at + 4, true)
}

/** Sets it: placeDishes. */
export function setPlaceDishes(view: DataView, at: number, value: number): void {
    checkInteger("placeDishes", value, 0, 65535)
    view.setUint16(at + 4, value, true)
}

export const PLACE_STATE_AT = 6
/** State, byte 6. */
export function placeState(view: DataView, at: number): number {
    return view.getUint8(at + 6)
}

/** Sets it: placeState. */
export function setPlaceState(view: DataView, at: number, value: number): void {
    switch (value) {
        case 0:
            return view.setUint8(at + 6, 0)
        case 1:
            return view.setUint8(at + 6, 1)
        case 2:
            return view.setUint8(at + 6, 2)
        case 3:
            return view.setUint8(at + 6, 3)
        case 4:
            return view.setUint8(at + 6, 4)
        case 5:
            return view.setUint8(at + 6, 5)
        default:
            throw new RangeError(`placeState: there is no value ${value}`)
    }
}

export const PLACE_STEPS_AT = 7
/** Steps left in this state. u8, byte 7. */
export function placeSteps(view: DataView, at: number): number {
    return view.getUint8(at + 7)
}

/** Sets it: placeSteps. */
export function setPlaceSteps(view: DataView, at: number, value: number): void {
    checkInteger("placeSteps", value, 0, 255)
    view.setUint8(at + 7, value)
}

export interface Place {
    /** Its order, as `packOrder` packs it: 24 bits. */
    order: number
    /** The guest's dishes, as in `Guest`. */
    dishes: number
    state: number
    /** Steps left in this state. */
    steps: number
}

/** A whole record, as an object. */
export function readPlace(view: DataView, at: number): Place {
    return { order: placeOrder(view, at), dishes: placeDishes(view, at), state: placeState(view, at), steps: placeSteps(view, at) }
}

/** Writes a whole record. @throws RangeError for a value that its field does not hold */
export function writePlace(view: DataView, at: number, value: Place): void {
    setPlaceOrder(view, at, value.order)
    setPlaceDishes(view, at, value.dishes)
    setPlaceState(view, at, value.state)
    setPlaceSteps(view, at, value.steps)
}

function checkInteger(name: string, value: number, least: number, most: number): void {
    if (!Number.isInteger(value) || value < least || value > most)
        throw new RangeError(`${name} must be an integer from ${least} to ${most}, got ${value}`)
}
