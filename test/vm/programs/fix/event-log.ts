// Notes what happened, to show the last five when somebody asks.
const events: string[] = []
let counter = 0

function note(text: string): void {
    events.push(text)
}

function show(): void {
    console.log("last events:")
    for (let i = 1; i <= 5; i++) console.log("  " + events[events.length - i])
}

setInterval(() => {
    counter++
    note("tick " + counter)
    if (counter % 3 === 0) note("door " + (counter % 2 === 0 ? "opened" : "closed"))
}, 200)
setInterval(show, 5000)
