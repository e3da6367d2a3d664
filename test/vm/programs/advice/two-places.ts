// Records of one kind, made at three places: to pack them is to change all three.
interface Seat {
    row: number
    isTaken: boolean
}
const seats: Seat[] = []

for (let row = 0; row < 20; row++) seats.push({ row, isTaken: false }) // here
for (let row = 20; row < 50; row++) {
    const seat: Seat = { row, isTaken: row % 3 === 0 } // here
    seats.push(seat)
}
seats.push({ row: 99, isTaken: true }) // here

setInterval(() => {
    let taken = 0
    for (const seat of seats) if (seat.isTaken) taken++
    console.log(taken)
}, 1000)
