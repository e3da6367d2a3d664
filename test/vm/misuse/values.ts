import type { Callable } from "./surface"

/** What an argument may be, and the nearest of what it may not: source text each. */
export type Range = [good: string, below: string, above: string]

/** Structures that hold 3 of 4 elements of a byte (`some`), and how to fill and to empty them. */
export const STRUCTURES: Record<string, { make: string; add: string }> = {
    Arena: { make: "new Arena(4)", add: "it.allocate(1)" },
    BitSet: { make: "new BitSet(4)", add: "it.add(i)" },
    BlockPool: { make: "new BlockPool(4, [8, 64])", add: "it.allocate(8)" },
    FixedMap: { make: "new FixedMap(4, 2, 1)", add: "it.set(5 + i, i)" },
    FixedVector: { make: "new FixedVector(4, 1)", add: "it.push(5 + i)" },
    Fused: { make: "new Fused()", add: "it.map((n: number) => n)" },
    Interner: { make: "new Interner(4)", add: 'it.intern("text " + i)' },
    ObjectPool: { make: "new ObjectPool(4, (id: number) => [id])", add: "it.acquire()" },
    OverwritingRecordRing: { make: "new OverwritingRecordRing(4, 6)", add: "it.push()" },
    OverwritingRingBuffer: { make: "new OverwritingRingBuffer(4, 1)", add: "it.push(5 + i)" },
    PackedArray: { make: "new PackedArray(4, 8)", add: "it.push(5 + i)" },
    RecordArray: { make: "new RecordArray(4, 6)", add: "it.push()" },
    RecordRing: { make: "new RecordRing(4, 6)", add: "it.push()" },
    ResultCache: { make: "new ResultCache<number>(4)", add: "it.set(5 + i, i)" },
    RingBuffer: { make: "new RingBuffer(4, 1)", add: "it.push(5 + i)" },
    StringBuilder: { make: "new StringBuilder(4)", add: 'it.text("a")' },
    StructOfArrays: { make: "new StructOfArrays(4, 6)", add: "it.push()" },
    TaggedUnionArray: { make: "new TaggedUnionArray<string>(4, 2, 2)", add: "it.push(5 + i)" },
}

/** By `Owner.method argument`, by `method argument` or by the argument alone, the first that is there. */
const RANGES: Record<string, Range> = {
    align: ["1", "0", "128"],
    bits: ["8", "0", "33"],
    bytes: ["1", "0", "57333"],
    capacity: ["4", "0", "57333"],
    count: ["1", "-1", "57333"],
    elementBytes: ["1", "0", "5"],
    end: ["2", "-1", "5"],
    field: ["U16", "0", "U16 + 5 * AT"],
    from: ["1", "-1", "4"],
    index: ["1", "-1", "3"],
    key: ["5", "-1", "65535"],
    keyBytes: ["2", "0", "5"],
    kind: ["SMALL_BYTES", "0", "8 + 7 * INLINE"],
    largeCapacity: ["1", "-1", "257"],
    length: ["1", "-1", "4"],
    mark: ["1", "-1", "4"],
    offset: ["4", "-1", "32"],
    payloadBytes: ["2", "0", "57332"],
    places: ["2", "-1", "16"],
    recordBytes: ["6", "0", "57333"],
    row: ["1", "-1", "2"],
    rowBytes: ["4", "0", "3"],
    start: ["1", "-1", "7"],
    stride: ["4", "0", "1"],
    symbol: ["1", "-1", "3"],
    tag: ["1", "-1", "128"],
    target: ["0", "-1", "4"],
    to: ["1", "-1", "3"],
    value: ["7", "-1", "256"],
    valueBytes: ["1", "0", "5"],
    width: ["8", "-57333", "57333"],
    "Arena.reset mark": ["1", "-1", "4"],
    "BitSet.constructor capacity": ["4", "0", "458657"],
    "BitSet.next from": ["1", "-1", "5"],
    "BitSet.add value": ["1", "-1", "4"],
    "BitSet.delete value": ["1", "-1", "4"],
    "BitSet.has value": ["1", "-1", "4"],
    "BitSet.toggle value": ["1", "-1", "4"],
    "BlockPool.allocate bytes": ["8", "0", "65"],
    "FixedMap.constructor capacity": ["4", "0", "19111"],
    "FixedMap.constructor valueBytes": ["1", "0", "5"],
    "FixedVector.insert index": ["1", "-1", "4"],
    "FixedVector.resize length": ["1", "-1", "5"],
    "Interner.constructor capacity": ["4", "0", "7167"],
    "ObjectPool.constructor capacity": ["4", "0", "7167"],
    "OverwritingRecordRing.constructor capacity": ["4", "0", "9556"],
    "PackedArray.insert index": ["1", "-1", "4"],
    "PackedArray.move from": ["1", "-1", "3"],
    "PackedArray.resize length": ["1", "-1", "5"],
    "PackedArray.fill end": ["2", "-1", "4"],
    "PackedArray.fill start": ["1", "-1", "3"],
    "PackedArray.copyWithin end": ["2", "-1", "4"],
    "PackedArray.copyWithin start": ["1", "-1", "3"],
    "PackedArray.copyWithin target": ["0", "-1", "3"],
    "PackedArray.sliceInto end": ["2", "-1", "4"],
    "PackedArray.sliceInto start": ["1", "-1", "3"],
    "RecordArray.constructor capacity": ["4", "0", "9556"],
    "RecordArray.move from": ["1", "-1", "3"],
    "RecordRing.constructor capacity": ["4", "0", "9556"],
    "ResultCache.constructor capacity": ["4", "0", "7167"],
    "ResultCache.get key": ["5", "-1", "4294967296"],
    "ResultCache.set key": ["5", "-1", "4294967296"],
    "ResultCache.getOrCompute key": ["5", "-1", "4294967296"],
    "StringBuilder.decimal value": ["7", "-1e15", "1e15"],
    "StringBuilder.integer value": ["7", "-1e15", "1e15"],
    "StructOfArrays.constructor capacity": ["4", "0", "9556"],
    "TaggedUnionArray.constructor capacity": ["4", "0", "19111"],
    "RecordArray.set value": ["7", "-1", "65536"],
    "RecordArray.indexOf value": ["7", "-1", "65536"],
    "RecordRing.set value": ["7", "-1", "65536"],
    "OverwritingRecordRing.set value": ["7", "-1", "65536"],
    "StructOfArrays.set value": ["7", "-1", "65536"],
    "StructOfArrays.fill value": ["7", "-1", "65536"],
    "StructOfArrays.indexOf value": ["7", "-1", "65536"],
    "bitField bits": ["80", "-2147483649", "4294967296"],
    "bitField width": ["3", "0", "29"],
    "countFlags flags": ["5", "-2147483649", "4294967296"],
    "findField end": ["8", "-1", "9"],
    "findField field": ["U16", "0", "U16 + 3 * AT"],
    "findField start": ["0", "-1", "9"],
    "findField value": ["7", "-1", "65536"],
    "findRow field": ["U16", "0", "U16 + 3 * AT"],
    "findRow value": ["7", "-1", "65536"],
    "flags16 bits": ["5", "-1", "65536"],
    "flags32 bits": ["5", "-1", "4294967296"],
    "flags8 bits": ["5", "-1", "256"],
    "packedRing capacity": ["4", "0", "57324"],
    "packedRing elementBytes": ["1", "0", "256"],
    "freeMap capacity": ["4", "0", "57329"],
    "freeTake from": ["1", "-1", "4"],
    "freeGive slot": ["1", "-1", "4"],
    "packedUnion capacity": ["4", "0", "19109"],
    "packedUnion payloadBytes": ["2", "0", "255"],
    "symbolTable capacity": ["4", "0", "7163"],
    "ringPush value": ["7", "-1", "256"],
    "ringOverwrite value": ["7", "-1", "256"],
    "packedList capacity": ["4", "0", "57326"],
    "readField field": ["U16", "0", "U16 + 6 * AT"],
    "readPacked index": ["1", "-1", "8"],
    "saturate field": ["U16", "0", "7"],
    "sumField end": ["8", "-1", "9"],
    "sumField field": ["U16", "0", "U16 + 3 * AT"],
    "sumField start": ["0", "-1", "9"],
    "tableField field": ["U16", "0", "U16 + 3 * AT"],
    "withBitField bits": ["80", "-2147483649", "4294967296"],
    "withBitField value": ["7", "-1", "8"],
    "withBitField width": ["3", "0", "29"],
    "writeField field": ["U16", "0", "U16 + 6 * AT"],
    "writeField value": ["7", "-1", "65536"],
    "writePacked index": ["1", "-1", "8"],
    "smallCapacity kind": ["SMALL_BYTES", "0", "8 + 7 * INLINE"],
}
const FLAG: Range = ["5", "-2147483649", "4294967296"]

/** Good arguments of other types, by the argument's name or `Owner.method argument`. */
const GOOD: Record<string, string> = {
    borrowed: "BYTES",
    bytes: "BYTES",
    callback: "use",
    change: "use",
    char: '"a"',
    combine: "use",
    compare: "use",
    compute: "use",
    action: "use",
    fields: "[U16]",
    from: "{ capacity: 1, length: 1, highWaterMark: 1, refused: 1, overwritten: 1 }",
    initial: "0",
    into: "{}",
    keep: "use",
    list: "LIST",
    map: "MAP",
    ring: "RING",
    side: "SIDE",
    union: "UNION",
    make: "(id: number) => [id]",
    object: "[7]",
    on: "true",
    other: "new BitSet(4)",
    predicate: "use",
    separator: '"|"',
    sizes: "[8, 64]",
    source: "[1, 2, 3]",
    table: "BYTES",
    "symbolCount table": "SYMBOLS",
    "symbolCapacity table": "SYMBOLS",
    "symbolIntern table": "SYMBOLS",
    "symbolFind table": "SYMBOLS",
    "symbolText table": "SYMBOLS",
    "symbolForEach table": "SYMBOLS",
    "symbolDedupeRatio table": "SYMBOLS",
    "symbolStats table": "SYMBOLS",
    text: '"a"',
    texts: '"a|b"',
    value: '"anything"',
    values: "[1]",
    vector: "SMALL",
    "toOwned value": "BYTES",
    "PackedArray.mapInto into": "[]",
    "PackedArray.filterInto into": "[]",
    "PackedArray.sliceInto into": "[]",
    "BlockPool.release block": "BYTES",
    "ObjectPool.release object": "[7]",
}

/** Whose type says more than what is checked, and why. */
export const UNCHECKED: Record<string, string> = {
    hex: "the compiler for the board replaces the call by the bytes",
    withBitFieldUnchecked: "its name says so",
}

/** What a wrong argument may be all the same: it is documented to be taken. */
export const TAKEN = [
    /^saturate value (below|above|1\.5|-?Infinity|1(e\+?20|0{20}))$/,
    // Whether the table is whole rows is what `tableRows` says.
    /^tableField rowBytes above$/,
]

function lookup<T>(
    table: Record<string, T>,
    { owner, name }: Callable,
    argument: string,
): T | undefined {
    const full = `${owner === undefined ? "" : `${owner}.`}${name} ${argument}`
    return table[full] ?? table[argument]
}

/** @throws Error where nobody has said yet what the argument may be */
export function rangeOf(callable: Callable, argument: string): Range {
    if (argument === "flags" || argument === "flag") return FLAG
    const range = lookup(RANGES, callable, argument)
    if (!range) throw new Error(`values.ts has no range of ${callable.name} ${argument}`)
    return range
}

/** @throws Error where nobody has said yet what the argument may be */
export function goodOf(callable: Callable, argument: string): string {
    const good = lookup(GOOD, callable, argument)
    if (good === undefined) throw new Error(`values.ts has no ${callable.name} ${argument}`)
    return good
}
