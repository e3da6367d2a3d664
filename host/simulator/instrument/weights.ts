/**
 * What kinds of the VM's WebAssembly instructions take on a board, in `UNITS_A_CYCLE` of a cycle of the
 * RP2040's Cortex-M0+.
 */
export interface Weights {
    local: number
    constant: number
    load: number
    store: number
    arithmetic: number
    multiply: number
    divide: number
    /** Of 64-bit integers. */
    wide: number
    float: number
    branch: number
    call: number
    indirect: number
    /** What a function does before its first instruction, and to return. */
    entry: number
    filledByte: number
    copiedByte: number
}

/**
 * Fitted to 42 programs (the lessons) whose cycles were counted on the VM's public sources, built as its
 * firmware is (GCC 12, -Og) and run on an emulated RP2040 (rp2040js 1.4.1): each is within 3 % of its
 * count, also by weights that were fitted without its lesson. What fills and copies memory takes 16 bytes
 * in eight and ten cycles, as loops of four registers do. Floating-point operations were taken to last
 * about a hundred cycles each. Measured since, on the chip's own routines from their public sources (the
 * RP2040's ROM, release b2, called through the Pico SDK's functions, emulated; 144 pairs of operands): add
 * 95, subtract 104, multiply 165, divide 207, compare 52 to 61, integer to double 41, double to integer 28.
 * With these, the program of floating point in board-time-programs takes 0.2 % less than with those. The
 * firmware's own image could not be had, and the emulator has no cache before the flash: code that does
 * not stay in it takes longer on hardware.
 */
export const WEIGHTS: Weights = {
    local: 4,
    constant: 4,
    load: 79,
    store: 61,
    arithmetic: 16,
    multiply: 20,
    divide: 134,
    wide: 64,
    float: 1451,
    branch: 26,
    call: 44,
    indirect: 121,
    entry: 63,
    filledByte: 8,
    copiedByte: 10,
}

/** The weight of an instruction, by its opcode. */
export function weightOf(opcode: number, weights: Weights): number {
    return kinds[opcode] === undefined ? 0 : weights[kinds[opcode]]
}

const kinds: (keyof Weights | undefined)[] = []
const set = (kind: keyof Weights, ...ranges: (number | readonly [number, number])[]) => {
    for (const range of ranges) {
        const [from, to] = typeof range === "number" ? [range, range] : range
        for (let opcode = from; opcode <= to; opcode++) kinds[opcode] = kind
    }
}
set("branch", [0x03, 0x05], [0x0c, 0x0f])
set("call", 0x10)
set("indirect", 0x11)
set(
    "arithmetic",
    0x1a,
    0x1b,
    0x23,
    0x24,
    [0x45, 0x4f],
    [0x67, 0x6b],
    [0x71, 0x78],
    [0xc0, 0xc1],
    0xa7,
)
set("local", [0x20, 0x22])
set("load", [0x28, 0x35])
set("store", [0x36, 0x3e])
set("constant", [0x41, 0x44])
set("multiply", 0x6c)
set("divide", [0x6d, 0x70])
set("wide", [0x50, 0x5a], [0x79, 0x8a], [0xac, 0xad], [0xbd, 0xbf], [0xc2, 0xc4])
set("float", [0x5b, 0x66], [0x8b, 0xa6], [0xa8, 0xab], [0xae, 0xbb])
