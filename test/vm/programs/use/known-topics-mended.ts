// The same, each topic a key.
const topics: { [topic: string]: number } = {}
let count = 0
let n = 0
let sum = 0
function numberOf(topic: string): number {
    const known = topics[topic]
    if (known !== undefined) return known
    topics[topic] = count++
    return count - 1
}
setInterval(() => {
    sum += numberOf("house/" + (n % 30) + "/light")
    n++
}, 100)
