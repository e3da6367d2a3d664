// What there is in each room, yes or no.
class Room {
    hasBath = false
    hasView = false
    hasDesk = true
    hasSafe = false
    isClean = true
    isTaken = false
    isQuiet = false
    number: number
    constructor(number: number) {
        this.number = number
        this.hasBath = number % 2 === 0
        this.hasView = number % 3 === 0
        this.isQuiet = number % 5 === 0
    }
}
const rooms: Room[] = []
for (let i = 0; i < 500; i++) {
    rooms.push(new Room(i)) // here
}
let n = 0
let free = 0
setInterval(() => {
    if (!rooms[n++ % rooms.length].isTaken) free++
}, 100)
