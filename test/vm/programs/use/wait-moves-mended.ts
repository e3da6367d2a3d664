import { RecordRing } from "../../../../src/record-ring"
// The same in one buffer, by the fields' places.
const moves = new RecordRing(60, 3)
let n = 0
let way = 0
setInterval(() => {
    if (n % 48 === 0)
        for (let i = 0; i < 48; i++) {
            const at = moves.push()
            moves.buffer[at] = i * 3
            moves.buffer[at + 1] = 200 - i
            moves.buffer[at + 2] = i % 5 > 0 ? 1 : 0
        }
    n++
    const move = moves.peek()
    if (move === undefined) return
    if (moves.buffer[move + 2]) way += moves.buffer[move] + moves.buffer[move + 1]
    moves.shift()
}, 60)
