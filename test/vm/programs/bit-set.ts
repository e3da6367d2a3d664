import { BitSet } from "../../../src/bit-set"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

function show(set: BitSet): void {
    const values: number[] = []
    set.forEach(value => {
        values.push(value)
    })
    console.log(`${values.join(" ")} (${set.length} of ${set.capacity}, most ${set.highWaterMark})`)
}

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}

const set = new BitSet(21)
let changed = 0
for (let i = 0; i < 120; i++) {
    const value = random(21)
    const op = random(4)
    if (op === 0 ? set.delete(value) : op === 1 ? set.toggle(value) : set.add(value)) changed++
    if (i % 20 === 19) show(set)
}
console.log(changed, set.has(3), set.firstMissing(), set.next(5), set.next(21), set.available())

const other = new BitSet(21)
for (let i = 0; i < 8; i++) other.add(random(21))
show(other)
console.log(set.intersects(other), other.isSubsetOf(set))
set.toggleAll(other)
show(set)
set.deleteAll(other)
show(set)
set.addAll(other)
show(set)
console.log(other.isSubsetOf(set))
set.retainAll(other)
show(set)
for (let value = 0; value < 21; value++) set.add(value)
console.log(set.isFull(), set.firstMissing(), set.next(20))
set.clear()
console.log(set.isEmpty(), set.next(0), set.firstMissing())
const stats = set.stats()
console.log(stats.capacity, stats.length, stats.highWaterMark, stats.refused)

fails(() => set.add(21))
fails(() => set.has(-1))
fails(() => set.delete(0.5))
fails(() => set.toggle("1" as unknown as number))
fails(() => set.addAll(new BitSet(20)))
fails(() => new BitSet(0))
fails(() => new BitSet(458657))
