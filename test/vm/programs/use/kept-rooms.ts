import { ObjectPool } from "../../../../src/object-pool"
// The rooms of a house, once and for all, out of a pool.
interface Room {
    name: string
    degrees: number
    windows: number[]
}
const pool = new ObjectPool<Room>(30, () => ({ name: "", degrees: 0, windows: [0, 0] })) // here
const house: Room[] = []
for (let i = 0; i < 24; i++) {
    const room = pool.acquire()
    room.degrees = 15 + (i % 8)
    house.push(room)
}
let n = 0
let sum = 0
setInterval(() => {
    sum += house[n++ % 24].degrees
}, 100)
