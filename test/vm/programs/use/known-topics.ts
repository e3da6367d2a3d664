// Topics get a number each: their place.
const topics: string[] = []
let n = 0
let sum = 0
function numberOf(topic: string): number {
    const known = topics.indexOf(topic)
    if (known >= 0) return known
    topics.push(topic) // here
    return topics.length - 1
}
setInterval(() => {
    sum += numberOf("house/" + (n % 30) + "/light")
    n++
}, 100)
