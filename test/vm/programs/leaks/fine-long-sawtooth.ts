// Fills for four and a half minutes, then starts again.
let journal: string[] = []
let n = 0
setInterval(() => {
    journal.push("order number " + n++)
    if (journal.length === 270) journal = []
}, 1000)
