import { ResultCache } from "../../../src/result-cache"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

let computed = 0
function cube(key: number): number {
    computed++
    return key * key * key
}

const cache = new ResultCache<number>(4)
let sum = 0
for (let i = 0; i < 60; i++)
    sum = (sum * 31 + cache.getOrCompute(random(3) * 256 + random(3), cube)) | 0
const stats = cache.stats()
console.log(`sum ${sum}, computed ${computed}, ${stats.length} of ${stats.capacity}`)
console.log(`hits ${stats.hits}, misses ${stats.misses}, evictions ${stats.evictions}`)
console.log(`full ${cache.isFull()}, free ${cache.available()}, rate ${cache.hitRate() > 0.2}`)
cache.clear()
console.log(cache.get(0), cache.isEmpty(), cache.length)
cache.set(4294967295, 5)
cache.set(4294967295, 6)
console.log(cache.get(4294967295), cache.length)

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
fails(() => new ResultCache<number>(0))
fails(() => new ResultCache<number>(8000))
fails(() => cache.set(-1, 1))
fails(() => cache.get(0.5))
