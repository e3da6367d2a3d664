// What there is in each room: a bit for each answer.
const BATH = 1
const VIEW = 2
const DESK = 4
const CLEAN = 16
const TAKEN = 32
const QUIET = 64
const rooms = Buffer.alloc(500)
for (let i = 0; i < 500; i++) {
    rooms[i] =
        DESK |
        CLEAN |
        (i % 2 === 0 ? BATH : 0) |
        (i % 3 === 0 ? VIEW : 0) |
        (i % 5 === 0 ? QUIET : 0)
}
let n = 0
let free = 0
setInterval(() => {
    if ((rooms[n++ % 500] & TAKEN) === 0) free++
}, 100)
