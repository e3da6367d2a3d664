import { ResultCache } from "../../../../src/result-cache"
const answers = new ResultCache<number>(12)
let n = 0
let sum = 0
setInterval(() => {
    n++
    sum += answers.getOrCompute(n % 10, key => key * key)
}, 50)
