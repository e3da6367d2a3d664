// Prices worked out by weight: a cache that is never asked twice for the same, and the weights seen.
import { ResultCache } from "../../../../src/result-cache"
//: cache
const cache = new ResultCache(100)
//.
//: weights
const weights: number[] = []
//|
//- const weights = new Array<number>(150)
//- let seen = 0
//.
let turn = 0
let cents = 0
function priceOf(grams: number): number {
    return (grams * 37) >> 4
}
setInterval(() => {
    const grams = turn * 3
    //: cache
    cents += cache.getOrCompute(grams, priceOf) as number
    //|
    //- cents += priceOf(grams)
    //.
    //: weights
    if (weights.length < 150) weights.push(grams)
    cents += weights[turn % weights.length]
    //|
    //- if (seen < 150) weights[seen++] = grams
    //- cents += weights[turn % seen]
    //.
    turn++
}, 25)
