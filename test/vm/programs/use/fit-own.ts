// A class of the program's own, whose capacity is something else.
class FixedMap {
    buffer = Buffer.alloc(3000)
    capacity = 3000
    length = 2
}
const tank = new FixedMap()
let n = 0
setInterval(() => {
    n++
    for (let i = 0; i < 50; i++) tank.buffer[(n * 50 + i) % 3000] = n & 255
    tank.length = n % 90
}, 20)
