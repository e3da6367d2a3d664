import { Arena } from "../../../src/arena"

let seed = 1
function random(below: number): number {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return Math.floor((seed / 0x80000000) * below)
}

const arena = new Arena(100)
let mark = 0
let sum = 0
for (let i = 0; i < 80; i++) {
    const op = random(8)
    if (op < 5) sum = (sum * 31 + (arena.allocate(1 + random(12), 1 << random(4)) ?? -1)) | 0
    else if (op < 6) mark = arena.length
    else if (op < 7 && mark <= arena.length) arena.reset(mark)
    else if (random(4) === 0) {
        arena.clear()
        mark = 0
    }
}
const stats = arena.stats()
console.log(`sum ${sum}, length ${stats.length} of ${stats.capacity}`)
console.log(`most ${stats.highWaterMark}, refused ${stats.refused}, free ${arena.available()}`)
arena.reset()
console.log(`empty ${arena.isEmpty()}, start ${arena.allocate(100, 64)}, full ${arena.isFull()}`)
console.log(`no room ${arena.allocate(1)}`)
arena.buffer[99] = 7
console.log(`last byte ${arena.buffer[99]}`)

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
fails(() => new Arena(0))
fails(() => new Arena(60000))
fails(() => arena.allocate(0))
fails(() => arena.allocate(1, 3))
fails(() => arena.allocate(1, 128))
fails(() => arena.reset(101))
