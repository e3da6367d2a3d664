import { Interner, listPush, packedList, type PackedList } from "../../../../../src/index"
import { keepEachSize } from "../keep"

interface Dishes {
    names: Interner
    symbols: PackedList
}

await keepEachSize(
    (capacity): Dishes => ({ names: new Interner(10), symbols: packedList(capacity, 1) }),
    (dishes, i) => {
        listPush(dishes.symbols, dishes.names.intern(`dish ${i % 10}`) as number)
        dishes.names.resolve(0)
    },
)
