// Counters that two lists refer to: a number of its own in each would not count for both.
class Counter {
    n = 0
    add(): void {
        this.n++
    }
}
const all: Counter[] = []
const odd: Counter[] = []
for (let i = 0; i < 12; i++) {
    const counter = new Counter()
    all.push(counter)
    if (i % 2 === 1) odd.push(counter)
}
let n = 0
setInterval(() => {
    n++
    all[n % 12].add()
    odd[n % 6].add()
}, 100)
