import { ResultCache } from "../../../../src/result-cache"
// There are five different questions.
const answers = new ResultCache<number>(400) // here
let n = 0
let sum = 0
setInterval(() => {
    n++
    sum += answers.getOrCompute(n % 5, key => key * key)
}, 50)
