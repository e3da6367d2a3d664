import { flashSymbol, Interner } from "../../../src/interner"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

const KINDS = "Starter|Main course|Dessert|Drink|Main|course"

const interner = new Interner(4)
let sum = 0
for (let i = 0; i < 50; i++) {
    const text = "dish " + random(6)
    sum = (sum * 31 + (interner.intern(text) ?? -1)) | 0
}
const stats = interner.stats()
console.log(`sum ${sum}, ${stats.length} of ${stats.capacity}, ${stats.total} in all`)
console.log(
    `refused ${stats.refused}, ratio ${interner.dedupeRatio()}, saved ${interner.savedBytes}, full ${interner.isFull()}`,
)
for (let symbol = 0; symbol < interner.length; symbol++)
    console.log(symbol, interner.resolve(symbol), interner.find(interner.resolve(symbol)))
console.log(interner.find("none"), interner.available())
interner.clear()
console.log(interner.intern("é"), interner.intern("日本"), interner.resolve(1), interner.isEmpty())

for (const text of ["Starter", "Main course", "Main", "course", "Drink", "rink", "Dessert|", ""])
    console.log(`[${text}] ${flashSymbol(KINDS, text)}`)
console.log(flashSymbol("a;bc;d", "bc", ";"))

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
fails(() => new Interner(0))
fails(() => interner.resolve(2))
fails(() => interner.intern(5 as unknown as string))
