/** `heapscope layout --json`: what records take, in each layout and on the board. Sizes are bytes. */
export interface LayoutReport {
    schema: "heapscope/layout@1"
    /** The file as it was named. */
    file: string
    /** Heaps of the boards, the largest first, and the boards that have one. */
    heaps: { heapBytes: number; boards: string[] }[]
    types: TypeReport[]
}

/** An interface or a type of the file. */
export interface TypeReport {
    name: string
    /** Line of its declaration, from 1. */
    line: number
    kind: "record" | "union"
    /** As a C compiler for the boards lays it out, and Rust with `repr(C)`. */
    declared: Laid
    /** The largest alignment first, as Rust does; what a value never is says what is missing or which variant it is. */
    reordered: Laid
    /** Without padding. */
    packed: Laid
    /** As declared, at multiples of `--align`; only with that flag. */
    aligned?: Laid
    /** Bit after bit. */
    bitPacked: LaidBits | { why: string }
    /** Its fields with the largest alignment first: the declaration to paste, and its size with the rules of `declared`. Of a union there is none. */
    better?: { bytes: number; declaration: string }
    /** What many of them take on the board's heap, a way of keeping them each. */
    ways: Way[]
}

/** A layout in whole bytes. */
export interface Laid {
    bytes: number
    alignment: number
    /** Bytes that no field uses. */
    paddingBytes: number
    /** Where they are. */
    holes: { at: number; bytes: number }[]
    /** Fields by place; those of nested records as `place.x`, of variants as `status(open).eta`. Variants share bytes. */
    fields: { name: string; type: string; at: number; bytes: number; alignment: number }[]
}

/** A layout in bits: the first field in the lowest bits of the first byte. */
export interface LaidBits {
    bits: number
    bytes: number
    /** `at` is a bit. */
    fields: { name: string; type: string; at: number; bits: number }[]
}

/** A way of keeping records on a DeviceScript board. */
export interface Way {
    name: "objects" | "arrays" | "records" | "bitRecords" | "columns" | "numbers"
    /** In words. */
    means: string
    /** Why it cannot be done so; the figures are missing then. */
    why?: string
    /** Bytes of heap of so many, everything in it. */
    takes?: { count: number; bytes: number }[]
    /** The most that a heap with nothing else in it has room for. */
    fits?: { heapBytes: number; count: number }[]
}
