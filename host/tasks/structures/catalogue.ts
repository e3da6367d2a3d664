/** A structure of `src/` in the tables of its README. */
export interface StructureEntry {
    /** As one imports it. */
    name: string
    /** What it is, in a few words. */
    what: string
    /** What one element is in the measurement. */
    element: string
    /** Name of the program that keeps them: `test/vm/programs/measure/kept/<program>.ts`. */
    program: string
    /** The same without the library. */
    plain: PlainWay
}

/** What a program does without the library: `test/vm/programs/measure/plain/<program>.ts`. */
export interface PlainWay {
    program: string
    words: string
}

const PLAIN = {
    blocks: { program: "blocks", words: "a buffer each" },
    booleans: { program: "booleans", words: "array of booleans" },
    buffers: { program: "buffers", words: "a buffer each" },
    copies: { program: "copies", words: "a copy each" },
    flagObjects: { program: "flag-objects", words: "an object each" },
    lists: { program: "lists", words: "an array each" },
    map: { program: "map", words: "an object's keys" },
    numbers: { program: "numbers", words: "array of numbers" },
    orders: { program: "orders", words: "an object each" },
    records: { program: "records", words: "an object each" },
    text: { program: "text", words: "adding up strings" },
    texts: { program: "texts", words: "array of strings" },
    variants: { program: "variants", words: "an object each" },
} satisfies Record<string, PlainWay>

const NUMBER = "an integer of 24 bits"
const RECORD = "a record of 6 B, 3 fields"

/** Every structure, by what one would look for. */
export const STRUCTURES: readonly StructureEntry[] = [
    {
        name: "Flags8",
        what: "8 booleans in a number, in an array here",
        element: "8 booleans",
        program: "flags",
        plain: PLAIN.flagObjects,
    },
    {
        name: "withBitField",
        what: "small integers in a number, in an array here",
        element: "an order of 24 bits",
        program: "bit-fields",
        plain: PLAIN.orders,
    },
    {
        name: "CompactOrderFlags",
        what: "an order in a number, in a PackedList here",
        element: "an order of 24 bits",
        program: "compact-order-flags",
        plain: PLAIN.orders,
    },
    {
        name: "PackedList",
        what: "a list that is nothing but a buffer",
        element: NUMBER,
        program: "packed-list",
        plain: PLAIN.numbers,
    },
    {
        name: "PackedArray",
        what: "array of integers of 1 to 32 bits",
        element: NUMBER,
        program: "packed-array",
        plain: PLAIN.numbers,
    },
    {
        name: "readPacked, writePacked",
        what: "integers of 1 to 32 bits in any buffer",
        element: "an integer of 5 bits",
        program: "packed-bits",
        plain: PLAIN.numbers,
    },
    {
        name: "FixedVector",
        what: "list of integers of 1 to 4 bytes",
        element: NUMBER,
        program: "fixed-vector",
        plain: PLAIN.numbers,
    },
    {
        name: "SmallVector",
        what: "up to 6 bytes in a number, more in a buffer",
        element: "a list of 4 bytes",
        program: "small-vector",
        plain: PLAIN.lists,
    },
    {
        name: "BitSet",
        what: "set of small integers",
        element: "an integer below the capacity",
        program: "bit-set",
        plain: PLAIN.booleans,
    },
    {
        name: "FixedMap",
        what: "map from integer to integer",
        element: "a key and a value of 2 B",
        program: "fixed-map",
        plain: PLAIN.map,
    },
    {
        name: "ResultCache",
        what: "results by number, the unused go",
        element: "a key and a number",
        program: "result-cache",
        plain: PLAIN.map,
    },
    {
        name: "RingBuffer, FixedDeque",
        what: "queue of integers, refuses when full",
        element: NUMBER,
        program: "ring-buffer",
        plain: PLAIN.numbers,
    },
    {
        name: "OverwritingRingBuffer",
        what: "the last integers",
        element: NUMBER,
        program: "overwriting-ring-buffer",
        plain: PLAIN.numbers,
    },
    {
        name: "RecordRing",
        what: "queue of records, refuses when full",
        element: RECORD,
        program: "record-ring",
        plain: PLAIN.records,
    },
    {
        name: "OverwritingRecordRing",
        what: "the last records",
        element: RECORD,
        program: "overwriting-record-ring",
        plain: PLAIN.records,
    },
    {
        name: "readField, writeField",
        what: "records in any buffer",
        element: RECORD,
        program: "byte-fields",
        plain: PLAIN.records,
    },
    {
        name: "RecordArray",
        what: "array of records, by row",
        element: RECORD,
        program: "record-array",
        plain: PLAIN.records,
    },
    {
        name: "StructOfArrays",
        what: "array of records, by column",
        element: RECORD,
        program: "struct-of-arrays",
        plain: PLAIN.records,
    },
    {
        name: "TaggedUnionArray",
        what: "array of variants",
        element: "a tag and 2 B",
        program: "tagged-union",
        plain: PLAIN.variants,
    },
    {
        name: "tableField, textRow",
        what: "tables in flash",
        element: "a row of 4 B",
        program: "static-table",
        plain: PLAIN.records,
    },
    {
        name: "ObjectPool",
        what: "objects lent out again and again",
        element: "an object of 3 entries",
        program: "object-pool",
        plain: PLAIN.records,
    },
    {
        name: "BlockPool",
        what: "buffers lent out by size class",
        element: "a block of 64 B",
        program: "block-pool",
        plain: PLAIN.blocks,
    },
    {
        name: "Arena",
        what: "one buffer handed out from the front",
        element: "12 B",
        program: "arena",
        plain: PLAIN.buffers,
    },
    {
        name: "Interner",
        what: "numbers for texts",
        element: "one of 10 texts made at run time, as a byte",
        program: "interner",
        plain: PLAIN.texts,
    },
    {
        name: "flashSymbol",
        what: "numbers for texts in flash",
        element: "one of 10 texts, as a byte",
        program: "flash-symbol",
        plain: PLAIN.texts,
    },
    {
        name: "StringBuilder",
        what: "text written into one buffer",
        element: "a character",
        program: "string-builder",
        plain: PLAIN.text,
    },
    {
        name: "toOwned",
        what: "copy on write",
        element: "16 B that nobody changed, in an array",
        program: "copy-on-write",
        plain: PLAIN.copies,
    },
    {
        name: "Fused",
        what: "filter, map and sum in one pass",
        element: "an element passed over",
        program: "fused",
        plain: { program: "numbers", words: "the array between two steps" },
    },
]
