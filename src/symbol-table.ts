import { textBytes } from "./bytes"
import { checkFunction, checkInteger, failRange, failType } from "./check"
import type { InternerStats } from "./interner"

// The interner as functions, for the reason that packed-list.ts gives: a class costs 240 bytes of heap
// before its first text, four counters in front of the texts cost 32.

/** What a text takes on a board's heap beside its bytes. */
const STRING_BYTES = 9

/**
 * Numbers for texts, in nothing but one array: an {@link Interner} without the class. The same text
 * always gets the same small integer, its symbol, counted from 0; when the table is full it refuses a
 * new text. Use it with the functions of this file; none of them allocates, call frames apart.
 *
 * By index, `table[SYMBOL_START + symbol]` is the text, without a call.
 */
export type SymbolTable = (string | number)[] & { readonly __type: "SymbolTable" }

/** Where the texts are. Before them stand how many there are, how many were given, how many of these known, and the bytes that spared. */
export const SYMBOL_START = 4

/**
 * Makes a table.
 *
 * @param capacity The most different texts it can hold: at least 1, at most 7,162.
 * @throws RangeError or TypeError if it is outside its range.
 */
export function symbolTable(capacity: number): SymbolTable {
    checkInteger("capacity", capacity, 1, 7162)
    const table = new Array<string | number>(SYMBOL_START + capacity)
    for (let i = 0; i < SYMBOL_START; i++) table[i] = 0
    return table as SymbolTable
}

/** How many different texts it holds. @throws TypeError if it is no table, as all functions of this file do */
export function symbolCount(table: SymbolTable): number {
    if (typeof table !== "object") failTable(table)
    return table[0] as number
}

/** The most different texts it can hold. */
export function symbolCapacity(table: SymbolTable): number {
    if (typeof table !== "object") failTable(table)
    return table.length - SYMBOL_START
}

/**
 * The symbol of a text, a new one if it has none yet.
 *
 * @returns The symbol, or undefined if the text is new and there is no room.
 * @throws TypeError if it is not a string.
 */
export function symbolIntern(table: SymbolTable, text: string): number | undefined {
    if (typeof table !== "object") failTable(table)
    if (typeof text !== "string") failType("text", text, "a string")
    table[1] = (table[1] as number) + 1
    const length = table[0] as number
    for (let symbol = 0; symbol < length; symbol++) {
        if (table[SYMBOL_START + symbol] !== text) continue
        table[2] = (table[2] as number) + 1
        table[3] = (table[3] as number) + STRING_BYTES + textBytes(text)
        return symbol
    }
    if (SYMBOL_START + length === table.length) return undefined
    table[SYMBOL_START + length] = text
    table[0] = length + 1
    return length
}

/**
 * The symbol of a text, or -1 if it has none.
 *
 * @throws TypeError if it is not a string.
 */
export function symbolFind(table: SymbolTable, text: string): number {
    if (typeof table !== "object") failTable(table)
    if (typeof text !== "string") failType("text", text, "a string")
    for (let symbol = 0; symbol < (table[0] as number); symbol++)
        if (table[SYMBOL_START + symbol] === text) return symbol
    return -1
}

/**
 * The text of a symbol: the one that was interned first, not a copy.
 *
 * @throws RangeError or TypeError if there is no such symbol.
 */
export function symbolText(table: SymbolTable, symbol: number): string {
    if (typeof table !== "object") failTable(table)
    if (symbol >>> 0 !== symbol) failRange("symbol", symbol, 0, symbolCount(table) - 1)
    if (symbol >= (table[0] as number)) failRange("symbol", symbol, 0, symbolCount(table) - 1)
    return table[SYMBOL_START + symbol] as string
}

/** Calls a function with each text and its symbol. */
export function symbolForEach(
    table: SymbolTable,
    callback: (text: string, symbol: number) => void,
): void {
    if (typeof table !== "object") failTable(table)
    checkFunction("callback", callback)
    for (let symbol = 0; symbol < (table[0] as number); symbol++)
        callback(table[SYMBOL_START + symbol] as string, symbol)
}

/** The part of all texts that it knew already, 0 to 1: what keeping each once spared. */
export function symbolDedupeRatio(table: SymbolTable): number {
    if (typeof table !== "object") failTable(table)
    return table[1] === 0 ? 0 : (table[2] as number) / (table[1] as number)
}

/** The table's figures, in `into` or else in a new object. */
export function symbolStats(table: SymbolTable, into?: InternerStats): InternerStats {
    if (typeof table !== "object" || !(table.length > SYMBOL_START)) failTable(table)
    if (into === undefined)
        into = {
            capacity: 0,
            length: 0,
            highWaterMark: 0,
            refused: 0,
            total: 0,
            hits: 0,
            savedBytes: 0,
        }
    if (typeof into !== "object") failType("into", into, "an object")
    into.capacity = table.length - SYMBOL_START
    into.length = table[0] as number
    // There is no way for a text out of it.
    into.highWaterMark = into.length
    into.total = table[1] as number
    into.hits = table[2] as number
    into.refused = into.total - into.hits - into.length
    into.savedBytes = table[3] as number
    return into
}

function failTable(table: unknown): never {
    failType("table", table, "a SymbolTable")
}
