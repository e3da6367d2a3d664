/**
 * Where the instrumented VM counts what it does, behind the memory that the VM has for itself: looking does
 * not disturb. Four numbers of 64 bits for each place in the bytecode, 65,536 at most; place 0 is what no
 * instruction asked for.
 */
export const CELL_SHIFT = 5
/** Bytes of a page of WebAssembly's memory. */
const PAGE_BYTES = 65_536
/**
 * Pages that the VM has for itself: 2 MiB in place of the 16 that its build asks for. No board has half a megabyte,
 * and programs of ours touched 315 kB. The engine's collector counts all of it, and runs the sooner; what saves,
 * clears and compares a board's memory goes through all of it.
 */
export const OWN_PAGES = 32
/** Address of the first place's, and end of the VM's own memory. */
export const CELLS = OWN_PAGES * PAGE_BYTES
/** Offsets within a place's numbers: what it did itself, what allocating took, what collecting. */
export const ALLOCATING = 8
export const COLLECTING = 16
/** Of place 0 alone: how many turns the program has had, as 32 bits. */
export const TURNS = CELLS + 24
/** After them, by the low 16 bits of a call frame's address: bytes of it and all that called it. */
export const FRAMES = CELLS + (0x10000 << CELL_SHIFT)
/** After those, the board's time in microseconds as a 64-bit float: where the VM's looks at the clock end. */
export const NOW = FRAMES + 0x10000
/** Pages of 64 KiB that all of this takes. */
export const EXTRA_PAGES = 34

/** Wall-clock origin of the board's time, in microseconds: any fixed number does, as long as it never changes. */
export const EPOCH_US = 1e15

/** Names of the exported globals. */
export const WORK_GLOBALS = {
    /** Where the work is counted now. */
    cell: "work_cell",
    deepestCall: "deepest_call",
    mostFrameBytes: "most_frame_bytes",
    longestTurn: "longest_turn",
} as const

/** @param exports of a VM. @returns whether it counts, and has its own memory end where that begins */
export function isCounting(exports: object): boolean {
    return WORK_GLOBALS.cell in exports
}

/** Exported global: address of the one service of the VM's own about which the host is not asked. */
export const OWN_SERVICE = "own_service"
