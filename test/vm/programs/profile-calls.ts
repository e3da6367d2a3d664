// Who calls whom, with costs known by construction; what a comment names, the test looks for.

function fill(depth: number): number[] {
    const made = [depth] // made
    if (depth > 1) return fill(depth - 1) // deeper
    return made
}
for (let i = 0; i < 10; i++) fill(5) // start of recursion

const kept: (() => number)[] = []
function counter(start: number): () => number {
    const block = Buffer.alloc(100) // captured
    return () => start + block.length // closure
}
for (let i = 0; i < 10; i++) kept.push(counter(i)) // keep

const numbers = [1, 2, 3, 4]
function label(n: number): Buffer {
    return Buffer.alloc(n) // callback
}
for (let i = 0; i < 10; i++) numbers.map(label) // library
for (let i = 0; i < 10; i++) numbers.forEach(n => Buffer.alloc(20)) // one line

function rest(...values: number[]): number {
    return values.length
}
function callsRest(): number {
    return rest(1, 2, 3) // rest
}
for (let i = 0; i < 10; i++) callsRest()

function throws(): void {
    throw new Error("no") // throws
}
function after(): Buffer {
    return Buffer.alloc(8)
}
for (let i = 0; i < 10; i++) {
    try {
        throws()
    } catch (error) {
        after()
    }
}
console.log("done " + kept.length)
