// The same, each label kept at the place of its room.
const known: string[] = []
let width = 0
let n = 0
function labelOf(room: number): string {
    let label = known[room]
    if (label !== undefined) return label
    label = "room " + room + " on the floor " + (room % 3)
    while (label.length < 24) label = label + "."
    known[room] = label
    return label
}
setInterval(() => {
    n++
    width = Math.max(width, labelOf(n % 6).length)
}, 150)
