// The same rooms without a pool.
interface Room {
    name: string
    degrees: number
    windows: number[]
}
const house: Room[] = []
for (let i = 0; i < 24; i++) {
    const room: Room = { name: "", degrees: 0, windows: [0, 0] }
    room.degrees = 15 + (i % 8)
    house.push(room)
}
let n = 0
let sum = 0
setInterval(() => {
    sum += house[n++ % 24].degrees
}, 100)
