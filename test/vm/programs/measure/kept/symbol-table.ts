import {
    listPush,
    packedList,
    symbolIntern,
    symbolTable,
    symbolText,
    type PackedList,
    type SymbolTable,
} from "../../../../../src/index"
import { keepEachSize } from "../keep"

interface Dishes {
    names: SymbolTable
    symbols: PackedList
}

await keepEachSize(
    (capacity): Dishes => ({ names: symbolTable(10), symbols: packedList(capacity, 1) }),
    (dishes, i) => {
        listPush(dishes.symbols, symbolIntern(dishes.names, `dish ${i % 10}`) as number)
        symbolText(dishes.names, 0)
    },
)
