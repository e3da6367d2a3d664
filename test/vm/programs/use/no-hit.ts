import { ResultCache } from "../../../../src/result-cache"
// The key is a time: no result is ever asked for again.
const squares = new ResultCache<number>(200) // here
let n = 0
let sum = 0
setInterval(() => {
    n++
    sum += squares.getOrCompute(n, key => key * key)
}, 50)
