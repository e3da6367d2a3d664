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
    /** When to take something else, and what. */
    not: string
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
        not: "you have constants: `order | PAID` is the same in one operation and without a call",
    },
    {
        name: "withBitField",
        what: "small integers in a number, in an array here",
        element: "an order of 24 bits",
        program: "bit-fields",
        plain: PLAIN.orders,
        not: "you have constants: `(order >> 4) & 7` is the same without a call",
    },
    {
        name: "CompactOrderFlags",
        what: "an order in a number, in a PackedList here",
        element: "an order of 24 bits",
        program: "compact-order-flags",
        plain: PLAIN.orders,
        not: "your order is another: it is an example",
    },
    {
        name: "PackedList",
        what: "a list that is nothing but a buffer",
        element: NUMBER,
        program: "packed-list",
        plain: PLAIN.numbers,
        not: "it is read all the time: in a plain array a value is read without a call",
    },
    {
        name: "PackedArray",
        what: "array of integers of 1 to 32 bits",
        element: NUMBER,
        program: "packed-array",
        plain: PLAIN.numbers,
        not: "memory counts more than calls (`PackedList`), or there are few values (a plain array)",
    },
    {
        name: "readPacked, writePacked",
        what: "integers of 1 to 32 bits in any buffer",
        element: "an integer of 5 bits",
        program: "packed-bits",
        plain: PLAIN.numbers,
        not: "values are whole bytes: `buffer[i]` is the same without a call",
    },
    {
        name: "FixedVector",
        what: "list of integers of 1 to 4 bytes",
        element: NUMBER,
        program: "fixed-vector",
        plain: PLAIN.numbers,
        not: "memory counts more than calls (`PackedList`), or there are few values (a plain array)",
    },
    {
        name: "SmallVector",
        what: "up to 6 bytes in a number, more in a buffer",
        element: "a list of 4 bytes",
        program: "small-vector",
        plain: PLAIN.lists,
        not: "there is one list: an array; or lists are long: a `PackedList` each",
    },
    {
        name: "BitSet",
        what: "set of small integers",
        element: "an integer below the capacity",
        program: "bit-set",
        plain: PLAIN.booleans,
        not: "there are at most 32 values: a plain number",
    },
    {
        name: "FixedMap",
        what: "map from integer to integer",
        element: "a key and a value of 2 B",
        program: "fixed-map",
        plain: PLAIN.map,
        not: "keys are few: an object's keys are found by the VM itself; keys are small and dense: a buffer with the key as index",
    },
    {
        name: "ResultCache",
        what: "results by number, the unused go",
        element: "a key and a number",
        program: "result-cache",
        plain: PLAIN.map,
        not: "results repeat seldom (`hitRate`), or are worked out as fast as they are found",
    },
    {
        name: "RingBuffer, FixedDeque",
        what: "queue of integers, refuses when full",
        element: NUMBER,
        program: "ring-buffer",
        plain: PLAIN.numbers,
        not: "memory counts more than calls (`PackedRing`), or there are few elements (a plain array; its `shift` is a call as well)",
    },
    {
        name: "PackedRing",
        what: "a queue that is nothing but a buffer",
        element: NUMBER,
        program: "packed-ring",
        plain: PLAIN.numbers,
        not: "calls count more than heap (`RingBuffer`); one value is kept: a variable",
    },
    {
        name: "OverwritingRingBuffer",
        what: "the last integers",
        element: NUMBER,
        program: "overwriting-ring-buffer",
        plain: PLAIN.numbers,
        not: "nothing may be lost (`RingBuffer`)",
    },
    {
        name: "RecordRing",
        what: "queue of records, refuses when full",
        element: RECORD,
        program: "record-ring",
        plain: PLAIN.records,
        not: "memory counts more than calls (`PackedRing`)",
    },
    {
        name: "OverwritingRecordRing",
        what: "the last records",
        element: RECORD,
        program: "overwriting-record-ring",
        plain: PLAIN.records,
        not: "nothing may be lost (`RecordRing`)",
    },
    {
        name: "readField, writeField",
        what: "records in any buffer",
        element: RECORD,
        program: "byte-fields",
        plain: PLAIN.records,
        not: "a field is one byte: `buffer[start + 3]` is the same without a call",
    },
    {
        name: "RecordArray",
        what: "array of records, by row",
        element: RECORD,
        program: "record-array",
        plain: PLAIN.records,
        not: "the number of records is fixed: a buffer with `readField`",
    },
    {
        name: "StructOfArrays",
        what: "array of records, by column",
        element: RECORD,
        program: "struct-of-arrays",
        plain: PLAIN.records,
        not: "records are used one by one (`RecordArray`)",
    },
    {
        name: "TaggedUnionArray",
        what: "array of variants",
        element: "a tag and 2 B",
        program: "tagged-union",
        plain: PLAIN.variants,
        not: "all variants are of one size (`RecordArray`)",
    },
    {
        name: "PackedUnion",
        what: "array of variants that is nothing but a buffer",
        element: "a tag and 2 B",
        program: "packed-union",
        plain: PLAIN.variants,
        not: "all variants are of one size (`RecordArray`)",
    },
    {
        name: "tableField, textRow",
        what: "tables in flash",
        element: "a row of 4 B",
        program: "static-table",
        plain: PLAIN.records,
        not: "the table changes (`RecordArray`), or a row is one byte: `TABLE[row]`",
    },
    {
        name: "ObjectPool",
        what: "objects lent out again and again",
        element: "an object of 3 entries",
        program: "object-pool",
        plain: PLAIN.records,
        not: "one object is out at a time: fill the same one again",
    },
    {
        name: "FreeMap",
        what: "which of many are lent out, here records in a buffer",
        element: RECORD,
        program: "free-map",
        plain: PLAIN.records,
        not: "one is out at a time: fill the same one again; what is given back twice must be found (`freeGive`, `ObjectPool`)",
    },
    {
        name: "BlockPool",
        what: "buffers lent out by size class",
        element: "a block of 64 B",
        program: "block-pool",
        plain: PLAIN.blocks,
        not: "one buffer is out at a time, or all are of one size: a buffer of your own",
    },
    {
        name: "Arena",
        what: "one buffer handed out from the front",
        element: "12 B",
        program: "arena",
        plain: PLAIN.buffers,
        not: "all pieces are of one size: `i * BYTES` in a buffer",
    },
    {
        name: "Interner",
        what: "numbers for texts",
        element: "one of 10 texts made at run time, as a byte",
        program: "interner",
        plain: PLAIN.texts,
        not: "all texts are known when the program is written (`flashSymbol`); texts hardly repeat: see `dedupeRatio`",
    },
    {
        name: "SymbolTable",
        what: "numbers for texts, nothing but an array",
        element: "one of 10 texts made at run time, as a byte",
        program: "symbol-table",
        plain: PLAIN.texts,
        not: "all texts are known when the program is written (`flashSymbol`); texts hardly repeat: see `symbolDedupeRatio`",
    },
    {
        name: "flashSymbol",
        what: "numbers for texts in flash",
        element: "one of 10 texts, as a byte",
        program: "flash-symbol",
        plain: PLAIN.texts,
        not: "texts are made at run time (`Interner`); it is asked often: keep the number",
    },
    {
        name: "StringBuilder",
        what: "text written into one buffer",
        element: "a character",
        program: "string-builder",
        plain: PLAIN.text,
        not: "a text has few parts: a template or `join` is built in, one string at once",
    },
    {
        name: "toOwned",
        what: "copy on write",
        element: "16 B that nobody changed, in an array",
        program: "copy-on-write",
        plain: PLAIN.copies,
        not: "every copy is written to anyway",
    },
    {
        name: "Fused",
        what: "filter, map and sum in one pass",
        element: "an element passed over",
        program: "fused",
        plain: { program: "numbers", words: "the array between two steps" },
        not: "the steps are known: one plain loop",
    },
]
