// Fills and empties every 1.4 seconds, which is about as often as anybody looks.
let batch: string[] = []
setInterval(() => {
    batch.push("reading number " + batch.length)
    if (batch.length === 40) batch = []
}, 35)
