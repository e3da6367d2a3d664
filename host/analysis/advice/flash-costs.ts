import { saved, type Advice, type Change } from "../../documents/advice"

/**
 * Bytes of bytecode that a structure takes as its advice has it used, once in a program. Measured on the
 * programs of lessons and of advice, each beside its twin; a test holds them against those.
 */
const STRUCTURE_BYTES: Readonly<Record<string, number>> = {
    ...{ BitSet: 750, FixedMap: 1730, FreeMap: 640, Interner: 960, PackedRing: 1060 },
    ...{
        RecordRing: 1220,
        PackedUnion: 1660,
        ResultCache: 1220,
        RingBuffer: 1090,
        SmallVector: 3300,
    },
    ...{ StringBuilder: 2180, SymbolTable: 900 },
}

/** Bytes that the rest of the code takes more or less than the ordinary way, likewise. */
const CODE_BYTES: Readonly<Record<string, number>> = {
    ...{ "bit-packing": -60, "enum-layout": -350, "flag-packing": -100, interning: -30 },
    ...{ "iterator-chains": -330, "out-parameter": 20, packed: -60, references: -130 },
    ...{ stack: -120, "zero-size-types": -60 },
}
/** A condition and what it does, or a call more. */
const OTHER_CODE_BYTES = 30
/** The compiler fills a program up to this. */
const STEP_BYTES = 32

/**
 * The whole program in flash before and after an advice. What its rule knows itself, of its own part, is
 * in it already.
 * @param has tells whether the program has a structure already: it takes nothing more then
 */
export function flashBytes(
    { brings: named, code: line, drops, lesson, endsFault, flashBytes: part }: Advice,
    programBytes: number,
    has: (structure: string) => boolean,
): Change {
    const brings = named ?? /\bnew (\w+)\(/.exec(line ?? "")?.[1]
    const brought = brings === undefined || has(brings) ? 0 : (STRUCTURE_BYTES[brings] ?? 0)
    const dropped = drops === undefined ? 0 : (STRUCTURE_BYTES[drops] ?? 0)
    const code = CODE_BYTES[lesson ?? ""] ?? (endsFault ? OTHER_CODE_BYTES : 0)
    const more = brought - dropped + code - saved(part)
    const after = programBytes + Math.round(more / STEP_BYTES) * STEP_BYTES
    return { before: programBytes, after: Math.max(0, after) }
}
