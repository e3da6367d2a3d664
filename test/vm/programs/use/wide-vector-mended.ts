import { FixedVector } from "../../../../src/fixed-vector"
// What was measured in a round; a round has twelve sensors.
const round = new FixedVector(15, 4) // here
let n = 0
let sum = 0
setInterval(() => {
    round.clear()
    for (let i = 0; i < 12; i++) round.push(n++ * 3)
    sum += round.get(5)
}, 200)
