// Batches that come and go, large ones; of each a small summary stays.
let batch: string[] = []
const summaries: Buffer[] = []
setInterval(() => {
    batch.push("reading number " + batch.length)
    if (batch.length < 100) return
    const summary = Buffer.alloc(24)
    summary.setAt(0, "u16", batch.length)
    summaries.push(summary) // fills
    batch = []
}, 90)
