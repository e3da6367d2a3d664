import {
    findRow,
    flashSymbol,
    hex,
    Interner,
    StringBuilder,
    symbolCapacity,
    symbolCount,
    symbolDedupeRatio,
    symbolFind,
    symbolForEach,
    symbolIntern,
    symbolStats,
    symbolTable,
    symbolText,
    tableField,
    tableRows,
    textRow,
    textRows,
    toOwned,
    U16,
    type InternerStats,
    type Stats,
} from "../../../../../src/index"
import { operate } from "../operate"

const stats: Stats = { capacity: 0, length: 0, highWaterMark: 0, refused: 0 }
const internerStats: InternerStats = {
    capacity: 0,
    length: 0,
    highWaterMark: 0,
    refused: 0,
    total: 0,
    hits: 0,
    savedBytes: 0,
}

await operate("nothing", [["nothing", () => {}]], [["nothing", () => {}]])

const builder = new StringBuilder(64)
await operate(
    "StringBuilder",
    [
        ["text", () => builder.text("Café", -8)],
        ["integer", () => builder.integer(3, 4)],
        ["decimal", () => builder.decimal(1250, 2, 9)],
        ["repeat", () => builder.repeat("-", 8)],
        ["newline", () => builder.newline()],
        ["repeat, refused", () => builder.repeat("-", 60)],
        ["available", () => builder.available()],
        ["isEmpty", () => builder.isEmpty()],
        ["isFull", () => builder.isFull()],
        ["overflowed", () => builder.overflowed()],
        ["stats", () => builder.stats(stats)],
        ["clear", () => builder.clear()],
    ],
    [
        ["stats", () => builder.stats()],
        ["build", () => builder.text("0123456789").build()],
    ],
)

const names = new Interner(3)
await operate(
    "Interner",
    [
        ["intern", () => names.intern("Soup")],
        ["intern", () => names.intern("Bread")],
        ["intern, known", () => names.intern("Bread")],
        ["intern", () => names.intern("Pasta")],
        ["intern, refused", () => names.intern("Wine")],
        ["find", () => names.find("Pasta")],
        ["resolve", () => names.resolve(1)],
        ["dedupeRatio", () => names.dedupeRatio()],
        ["available", () => names.available()],
        ["isEmpty", () => names.isEmpty()],
        ["isFull", () => names.isFull()],
        ["stats", () => names.stats(internerStats)],
        ["clear", () => names.clear()],
    ],
    [["stats", () => names.stats()]],
)

const symbols = symbolTable(2)
await operate(
    "SymbolTable",
    [
        ["symbolIntern", () => symbolIntern(symbols, "Soup")],
        ["symbolIntern", () => symbolIntern(symbols, "Bread")],
        ["symbolIntern, known", () => symbolIntern(symbols, "Bread")],
        ["symbolIntern, refused", () => symbolIntern(symbols, "Wine")],
        ["symbolFind", () => symbolFind(symbols, "Bread")],
        ["symbolText", () => symbolText(symbols, 1)],
        ["symbolForEach", () => symbolForEach(symbols, text => text)],
        ["symbolCount", () => symbolCount(symbols)],
        ["symbolCapacity", () => symbolCapacity(symbols)],
        ["symbolDedupeRatio", () => symbolDedupeRatio(symbols)],
        ["symbolStats", () => symbolStats(symbols, internerStats)],
        ["as before the first", () => (symbols[0] = 0)],
    ],
    [
        ["symbolTable", () => symbolTable(2)],
        ["symbolStats", () => symbolStats(symbols)],
    ],
)

const DISHES = "Soup|Bread|Pasta"
const PRICES = hex`
    c2 01 00 05
    9a 06 01 14
`
await operate(
    "static table",
    [
        ["tableRows", () => tableRows(PRICES, 4)],
        ["tableField", () => tableField(PRICES, 4, 1, U16)],
        ["findRow", () => findRow(PRICES, 4, U16, 1690)],
        ["textRows", () => textRows(DISHES)],
        ["flashSymbol", () => flashSymbol(DISHES, "Pasta")],
    ],
    [["textRow", () => textRow(DISHES, 1)]],
)

const own = toOwned(PRICES, PRICES)
await operate(
    "copy on write",
    [["toOwned, already", () => toOwned(own, PRICES)]],
    [["toOwned", () => toOwned(PRICES, PRICES)]],
)
