/** What an 8-byte value is (`devs_value.h`): its kind, and what it points to. */
export type ValueKind =
    | "undefined"
    | "null"
    | "boolean"
    | "number"
    | "string"
    | "buffer"
    | "function"
    | "fiber"
    | "role"
    | "object"

/** A decoded value. */
export interface Value {
    kind: ValueKind
    /** The number or boolean. */
    scalar?: number | boolean
    /** Address of the heap block it refers to. */
    pointer?: number
    /** Index of the function, of a function: closures and methods keep a block, too. */
    functionIndex?: number
    /** What keeps the block, of a function that does: the frame it closes over, or its `this`. */
    holds?: "closure" | "this"
    /** Handle of a string or buffer in flash. */
    flash?: number
}

const SPECIALS: Readonly<Record<number, Value>> = {
    0: { kind: "undefined" },
    1: { kind: "boolean", scalar: false },
    2: { kind: "number", scalar: NaN },
    3: { kind: "null" },
    0x40: { kind: "boolean", scalar: true },
    0x42: { kind: "number", scalar: Infinity },
    0x43: { kind: "number", scalar: -Infinity },
}
/** Flash handles carry their table in the top two of 16 bits; table 0 is that of buffers. */
const TABLE_SHIFT = 14

const scratch = new DataView(new ArrayBuffer(8))

/** Decodes a value from its two words. */
export function decodeValue(low: number, high: number): Value {
    if (high === 0xffffffff) return { kind: "number", scalar: low | 0 }
    if ((high & 0x7ff00000) !== 0) {
        scratch.setUint32(0, low, true)
        scratch.setUint32(4, high, true)
        return { kind: "number", scalar: scratch.getFloat64(0, true) }
    }
    const functionIndex = (high << 12) >>> 16
    switch (high & 0xf) {
        case 0:
            return SPECIALS[low] ?? { kind: "object" }
        case 1:
            return { kind: "fiber" }
        case 2:
            return { kind: "role" }
        case 3:
            return { kind: "function", functionIndex: low }
        case 4:
            return { kind: (low & 0xffff) >> TABLE_SHIFT ? "string" : "buffer", flash: low }
        case 5:
            return { kind: "function", functionIndex }
        case 9:
            return { kind: "function", functionIndex, pointer: low, holds: "closure" }
        case 10:
            return { kind: "function", functionIndex, pointer: low, holds: "this" }
        default:
            return high & 8 ? { kind: "object", pointer: low } : { kind: "object" }
    }
}
