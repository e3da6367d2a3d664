// Fills a batch, hands it on, starts again: rises and comes back, for ever.
let batch: string[] = []
let batches = 0
setInterval(() => {
    batch.push("reading " + batch.length + " of batch " + batches)
    if (batch.length === 40) {
        batches++
        batch = []
        if (batches % 5 === 0) console.log("batches " + batches)
    }
}, 25)
