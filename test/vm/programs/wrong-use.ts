// The structures used wrongly, in every way there is: `wrong-use.test.ts` says what must come out.
import {
    packOrder,
    withOrderId,
    withOrderPriority,
    withOrderTable,
    type CompactOrderFlags,
} from "../../../src/compact-order-flags"
import {
    Arena,
    BitSet,
    BlockPool,
    FixedMap,
    FixedVector,
    flags16,
    flags32,
    flags8,
    Interner,
    listGet,
    listPush,
    listSet,
    listSwapRemove,
    ObjectPool,
    OverwritingRecordRing,
    OverwritingRingBuffer,
    PackedArray,
    packedList,
    readField,
    readPacked,
    RecordArray,
    RecordRing,
    ResultCache,
    RingBuffer,
    smallGet,
    smallPush,
    smallSet,
    StringBuilder,
    StructOfArrays,
    tableField,
    TaggedUnionArray,
    textRow,
    U16,
    U24,
    withBitField,
    writeField,
    writePacked,
} from "../../../src/index"

interface Item {
    id: number
}

const TEXT = "7" as unknown as number
const NOTHING = undefined as unknown as number

function attempt(what: string, use: () => void): void {
    try {
        use()
        console.log(`${what}: no error`)
    } catch (e) {
        const error = e as Error
        console.log(`${what}: ${error.name}: ${error.message}`)
    }
}

function give(what: string, use: (value: number) => void, value: number): void {
    attempt(what, () => use(value))
}

/** Gives an argument every wrong value: below its range, above it, and what is no integer. */
function wrong(what: string, use: (value: number) => void, below: number, above: number): void {
    for (const value of [below, above, 1.5, NaN, -Infinity, Infinity, TEXT, NOTHING])
        give(what, use, value)
}

function capacities1(): void {
    wrong("RingBuffer capacity", n => new RingBuffer(n, 3), 0, 19111)
    wrong("OverwritingRingBuffer capacity", n => new OverwritingRingBuffer(n, 3), 0, 19111)
    wrong("RecordRing capacity", n => new RecordRing(n, 6), 0, 9556)
    wrong("OverwritingRecordRing capacity", n => new OverwritingRecordRing(n, 6), 0, 9556)
    wrong("FixedVector capacity", n => new FixedVector(n, 3), -1, 19111)
    wrong("PackedArray capacity", n => new PackedArray(n, 24), 0, 19111)
    wrong("packedList capacity", n => packedList(n, 3), 0, 19109)
    wrong("RecordArray capacity", n => new RecordArray(n, 6), 0, 9556)
    wrong("StructOfArrays capacity", n => new StructOfArrays(n, 6), -1, 9556)
}

function capacities2(): void {
    wrong("TaggedUnionArray capacity", n => new TaggedUnionArray<string>(n, 2, 0), 0, 19111)
    wrong("BitSet capacity", n => new BitSet(n), 0, 458657)
    wrong("FixedMap capacity", n => new FixedMap(n, 2, 2), 0, 11466)
    wrong("ResultCache capacity", n => new ResultCache<number>(n), 0, 7167)
    wrong("Interner capacity", n => new Interner(n), -1, 7167)
    wrong("ObjectPool capacity", n => new ObjectPool<Item>(n, id => ({ id })), 0, 7167)
    wrong("BlockPool capacity", n => new BlockPool(n, [64]), 0, 57333)
    wrong("Arena capacity", n => new Arena(n), 0, 57333)
    wrong("StringBuilder capacity", n => new StringBuilder(n), -1, 57333)
}

function widths(): void {
    wrong("RingBuffer elementBytes", n => new RingBuffer(4, n), 0, 5)
    wrong("OverwritingRingBuffer elementBytes", n => new OverwritingRingBuffer(4, n), -1, 5)
    wrong("FixedVector elementBytes", n => new FixedVector(4, n), 0, 5)
    wrong("packedList elementBytes", n => packedList(4, n), 0, 5)
    wrong("PackedArray bits", n => new PackedArray(4, n), 0, 33)
    wrong("RecordRing recordBytes", n => new RecordRing(1, n), 0, 57333)
    wrong("OverwritingRecordRing recordBytes", n => new OverwritingRecordRing(1, n), 0, 57333)
    wrong("RecordArray recordBytes", n => new RecordArray(1, n), 0, 57333)
    wrong("StructOfArrays recordBytes", n => new StructOfArrays(1, n), 0, 57333)
    wrong("TaggedUnionArray payloadBytes", n => new TaggedUnionArray<string>(1, n, 0), 0, 57332)
    wrong("TaggedUnionArray largeCapacity", n => new TaggedUnionArray<string>(1, 2, n), -1, 257)
    wrong("FixedMap keyBytes", n => new FixedMap(4, n, 2), 0, 5)
    wrong("FixedMap valueBytes", n => new FixedMap(4, 2, n), 0, 5)
}

function values1(): void {
    const ring = new RingBuffer(4, 3)
    wrong("RingBuffer.push value", n => ring.push(n), -1, 16777216)
    wrong("RingBuffer.unshift value", n => ring.unshift(n), -1, 16777216)
    const last = new OverwritingRingBuffer(4, 3)
    wrong("OverwritingRingBuffer.push value", n => last.push(n), -1, 16777216)
    const vector = new FixedVector(4, 2)
    vector.push(1)
    wrong("FixedVector.push value", n => vector.push(n), -1, 65536)
    wrong("FixedVector.insert value", n => vector.insert(0, n), -1, 65536)
    wrong("FixedVector.set value", n => vector.set(0, n), -1, 65536)
    const list = packedList(4, 1)
    listPush(list, 1)
    wrong("listPush value", n => listPush(list, n), -1, 256)
    wrong("listSet value", n => listSet(list, 0, n), -1, 256)
    const set = new BitSet(20)
    wrong("BitSet.add value", n => set.add(n), -1, 20)
    wrong("BitSet.has value", n => set.has(n), -1, 20)
    wrong("BitSet.delete value", n => set.delete(n), -1, 20)
    wrong("BitSet.toggle value", n => set.toggle(n), -1, 20)
}

function values2(): void {
    const whole = new PackedArray(4, 32)
    whole.push(1)
    wrong("PackedArray.push value", n => whole.push(n), -1, 4294967296)
    wrong("PackedArray.set value", n => whole.set(0, n), -1, 4294967296)
    const odd = new PackedArray(4, 5)
    odd.push(1)
    wrong("PackedArray.push value", n => odd.push(n), -1, 32)
    wrong("PackedArray.insert value", n => odd.insert(0, n), -1, 32)
    wrong("PackedArray.set value", n => odd.set(0, n), -1, 32)
    const rows = new RecordArray(4, 6)
    rows.push()
    wrong("RecordArray.set value", n => rows.set(0, U16, n), -1, 65536)
    const columns = new StructOfArrays(4, 6)
    columns.push()
    wrong("StructOfArrays.set value", n => columns.set(0, U16, n), -1, 65536)
    wrong("StructOfArrays.fill value", n => columns.fill(U16, n), -1, 65536)
    const bytes = Buffer.alloc(8)
    wrong("writeField value", n => writeField(bytes, 0, U24, n), -1, 16777216)
    wrong("writePacked value", n => writePacked(bytes, 0, 5, n), -1, 32)
}

function values3(): void {
    const map = new FixedMap(4, 2, 1)
    wrong("FixedMap.set key", n => map.set(n, 1), -1, 65535)
    wrong("FixedMap.set value", n => map.set(1, n), -1, 256)
    wrong("FixedMap.get key", n => map.get(n), -1, 65535)
    wrong("FixedMap.delete key", n => map.delete(n), -1, 65535)
    const cache = new ResultCache<number>(4)
    wrong("ResultCache.set key", n => cache.set(n, 1), -1, 4294967296)
    wrong("ResultCache.get key", n => cache.get(n), -1, 4294967296)
    const union = new TaggedUnionArray<string>(4, 2, 1)
    union.push(0)
    wrong("TaggedUnionArray.push tag", n => union.push(n), -1, 128)
    wrong("TaggedUnionArray.pushLarge tag", n => union.pushLarge(n, "large"), -1, 128)
    wrong("TaggedUnionArray.set tag", n => union.set(0, n), -1, 128)
    wrong("smallPush value", n => smallPush(0, n), -1, 256)
    wrong("smallSet value", n => smallSet(smallPush(0, 7), 0, n), -1, 256)
    wrong("flags8 bits", n => flags8(n), -1, 256)
    wrong("flags16 bits", n => flags16(n), -1, 65536)
    wrong("flags32 bits", n => flags32(n), -1, 4294967296)
}

function values4(): void {
    wrong("withBitField value", n => withBitField(0, 4, 5, n), -1, 32)
    wrong("withBitField offset", n => withBitField(0, n, 5, 1), -1, 32)
    wrong("withBitField width", n => withBitField(0, 4, n, 1), 0, 29)
    wrong("packOrder id", n => packOrder(n, 1, 1), -1, 4096)
    wrong("packOrder priority", n => packOrder(1, n, 1), -1, 16)
    wrong("packOrder table", n => packOrder(1, 1, n), -1, 32)
    const order = 0 as CompactOrderFlags
    wrong("withOrderId id", n => withOrderId(order, n), -1, 4096)
    wrong("withOrderPriority priority", n => withOrderPriority(order, n), -1, 16)
    wrong("withOrderTable table", n => withOrderTable(order, n), -1, 32)
    const arena = new Arena(10)
    wrong("Arena.allocate bytes", n => arena.allocate(n), 0, 57333)
    wrong("Arena.allocate align", n => arena.allocate(1, n), 0, 128)
    wrong("Arena.reset mark", n => arena.reset(n), -1, 2)
    const blocks = new BlockPool(1, [64])
    wrong("BlockPool.allocate bytes", n => blocks.allocate(n), 0, 65)
}

function texts(): void {
    const builder = new StringBuilder(20)
    wrong("StringBuilder.integer value", n => builder.integer(n), -1e15, 1e15)
    wrong("StringBuilder.decimal value", n => builder.decimal(n, 2), -1e15, 1e15)
    wrong("StringBuilder.decimal places", n => builder.decimal(1, n), -1, 16)
    wrong("StringBuilder.integer width", n => builder.integer(1, n), -57333, 57333)
    wrong("StringBuilder.repeat count", n => builder.repeat("-", n), -1, 57333)
    attempt("StringBuilder.repeat char", () => builder.repeat("--", 1))
    attempt("StringBuilder.text text", () => builder.text(7 as unknown as string))
    attempt("StringBuilder.text text", () => builder.text(NOTHING as unknown as string))
    const names = new Interner(2)
    attempt("Interner.intern text", () => names.intern(7 as unknown as string))
    attempt("Interner.find text", () => names.find(NOTHING as unknown as string))
    wrong("Interner.resolve symbol", n => names.resolve(n), -1, 1)
    wrong("textRow row", n => textRow("a|b", n), -1, 2)
}

function indexes1(): void {
    const ring = new RingBuffer(4, 3)
    const last = new OverwritingRingBuffer(4, 3)
    const records = new RecordRing(4, 6)
    const lastRecords = new OverwritingRecordRing(4, 6)
    const vector = new FixedVector(4, 3)
    for (let i = 0; i < 3; i++) {
        ring.push(i)
        last.push(i)
        records.push()
        lastRecords.push()
        vector.push(i)
    }
    wrong("RingBuffer.get index", n => ring.get(n), -1, 3)
    wrong("OverwritingRingBuffer.get index", n => last.get(n), -1, 3)
    wrong("RecordRing.start index", n => records.start(n), -1, 3)
    wrong("OverwritingRecordRing.start index", n => lastRecords.start(n), -1, 3)
    wrong("FixedVector.get index", n => vector.get(n), -1, 3)
    wrong("FixedVector.set index", n => vector.set(n, 1), -1, 3)
    wrong("FixedVector.insert index", n => vector.insert(n, 1), -1, 4)
    wrong("FixedVector.remove index", n => vector.remove(n), -1, 3)
    wrong("FixedVector.swapRemove index", n => vector.swapRemove(n), -1, 3)
    wrong("FixedVector.truncate length", n => vector.truncate(n), -1, 4)
}

function indexes2(): void {
    const array = new PackedArray(4, 24)
    const odd = new PackedArray(4, 5)
    const list = packedList(4, 3)
    for (let i = 0; i < 3; i++) {
        array.push(i)
        odd.push(i)
        listPush(list, i)
    }
    wrong("PackedArray.get index", n => array.get(n), -1, 3)
    wrong("PackedArray.set index", n => array.set(n, 1), -1, 3)
    wrong("PackedArray.get index", n => odd.get(n), -1, 3)
    wrong("PackedArray.set index", n => odd.set(n, 1), -1, 3)
    wrong("PackedArray.insert index", n => array.insert(n, 1), -1, 4)
    wrong("PackedArray.remove index", n => array.remove(n), -1, 3)
    wrong("PackedArray.swapRemove index", n => array.swapRemove(n), -1, 3)
    wrong("PackedArray.move index", n => array.move(n, 0), -1, 3)
    wrong("PackedArray.move index", n => array.move(0, n), -1, 3)
    wrong("PackedArray.truncate length", n => array.truncate(n), -1, 4)
    wrong("listGet index", n => listGet(list, n), -1, 3)
    wrong("listSet index", n => listSet(list, n, 1), -1, 3)
    wrong("listSwapRemove index", n => listSwapRemove(list, n), -1, 3)
}

function indexes3(): void {
    const rows = new RecordArray(4, 6)
    const columns = new StructOfArrays(4, 6)
    const union = new TaggedUnionArray<string>(4, 2, 1)
    for (let i = 0; i < 3; i++) {
        rows.push()
        columns.push()
        union.push(1)
    }
    wrong("RecordArray.get index", n => rows.get(n, U16), -1, 3)
    wrong("RecordArray.set index", n => rows.set(n, U16, 1), -1, 3)
    wrong("RecordArray.start index", n => rows.start(n), -1, 3)
    wrong("RecordArray.remove index", n => rows.remove(n), -1, 3)
    wrong("RecordArray.swapRemove index", n => rows.swapRemove(n), -1, 3)
    wrong("RecordArray.truncate length", n => rows.truncate(n), -1, 4)
    wrong("StructOfArrays.get index", n => columns.get(n, U16), -1, 3)
    wrong("StructOfArrays.set index", n => columns.set(n, U16, 1), -1, 3)
    wrong("StructOfArrays.swapRemove index", n => columns.swapRemove(n, [U16]), -1, 3)
    wrong("StructOfArrays.truncate length", n => columns.truncate(n), -1, 4)
    wrong("TaggedUnionArray.tag index", n => union.tag(n), -1, 3)
    wrong("TaggedUnionArray.payload index", n => union.payload(n), -1, 3)
    wrong("TaggedUnionArray.large index", n => union.large(n), -1, 3)
    wrong("TaggedUnionArray.set index", n => union.set(n, 1), -1, 3)
    wrong("TaggedUnionArray.setLarge index", n => union.setLarge(n, 1, "large"), -1, 3)
    wrong("TaggedUnionArray.swapRemove index", n => union.swapRemove(n), -1, 3)
}

function indexes4(): void {
    const bytes = Buffer.alloc(8)
    wrong("smallGet index", n => smallGet(smallPush(0, 7), n), -1, 1)
    wrong("readField start", n => readField(bytes, n, U16), -1, 7)
    wrong("writeField start", n => writeField(bytes, n, U16, 1), -1, 7)
    wrong("readPacked index", n => readPacked(bytes, n, 5), -1, 12)
    wrong("writePacked index", n => writePacked(bytes, n, 5, 1), -1, 12)
    wrong("tableField row", n => tableField(bytes, 4, n, U16), -1, 2)
    const rows = new RecordArray(4, 6)
    rows.push()
    const columns = new StructOfArrays(4, 6)
    columns.push()
    attempt("RecordArray.get field", () => rows.get(0, U16 + 5 * 16))
    attempt("RecordArray.set field", () => rows.set(0, U16 + 5 * 16, 1))
    attempt("RecordArray.sum field", () => rows.sum(U16 + 5 * 16))
    attempt("StructOfArrays.get field", () => columns.get(0, U16 + 5 * 16))
    attempt("StructOfArrays.set field", () => columns.set(0, U16 + 5 * 16, 1))
    attempt("StructOfArrays.column field", () => columns.column(U16 + 5 * 16))
    const one = new BitSet(8)
    attempt("BitSet.addAll other", () => one.addAll(new BitSet(9)))
    const union = new TaggedUnionArray<string>(4, 2, 1)
    attempt("TaggedUnionArray.pushLarge value", () =>
        union.pushLarge(1, undefined as unknown as string),
    )
}

function releases(): void {
    const pool = new ObjectPool<Item>(2, id => ({ id }))
    const item = pool.acquire() as Item
    pool.release(item)
    attempt("ObjectPool.release object", () => pool.release(item))
    attempt("ObjectPool.release object", () => pool.release({ id: 0 }))
    attempt("ObjectPool.release object", () => pool.release(undefined as unknown as Item))
    const blocks = new BlockPool(2, [64])
    const block = blocks.allocate(5) as Buffer
    blocks.release(block)
    attempt("BlockPool.release block", () => blocks.release(block))
    attempt("BlockPool.release block", () => blocks.release(Buffer.alloc(64)))
    attempt("BlockPool.release block", () => blocks.release(undefined as unknown as Buffer))
}

// One after the other, with pauses: the VM stops what runs too long.
const parts = [capacities1, capacities2, widths, values1, values2, values3, values4]
parts.push(texts, indexes1, indexes2, indexes3, indexes4, releases)

function next(): void {
    const part = parts.shift()
    if (part === undefined) return
    part()
    setTimeout(next, 1)
}
next()
