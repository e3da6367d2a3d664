import { FixedVector } from "../../../../src/fixed-vector"
const round = new FixedVector(300, 4)
let n = 0
let sum = 0
setInterval(() => {
    round.clear()
    for (let i = 0; i < 220; i++) round.push(n++)
    sum += round.get(5)
}, 500)
