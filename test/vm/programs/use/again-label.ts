// The label of a room, padded, for each of six rooms.
let width = 0
let n = 0
function labelOf(room: number): string {
    // here
    let label = "room " + room + " on the floor " + (room % 3)
    while (label.length < 24) label = label + "."
    return label
}
setInterval(() => {
    n++
    width = Math.max(width, labelOf(n % 6).length)
}, 150)
