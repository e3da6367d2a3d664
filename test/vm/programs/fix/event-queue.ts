// What happens is queued, and a worker takes it from there.
interface Event {
    kind: number
    source: number
    at: number
}

const queue: Event[] = []
let clock = 0
let handled = 0

function raise(kind: number, source: number): void {
    queue.push({ kind, source, at: clock })
}

function work(): void {
    while (queue.length > 0) {
        const event = queue.shift()
        handled++
        if (event.kind === 3) console.log(`source ${event.source} at ${event.at}`)
    }
}

setInterval(() => {
    clock++
    raise(clock % 4, clock % 7)
    if (clock % 5 === 0) raise(1, 9)
}, 100)
setInterval(work, 1000)
setInterval(() => console.log(`handled ${handled}`), 10_000)
