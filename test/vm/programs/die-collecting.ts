/** The VM cannot collect a buffer with a property of its own: it fails in the middle of it. */
const buffer = Buffer.alloc(16)
const anyhow = buffer as any
anyhow.label = "a property"
setInterval(() => {
    const garbage = Buffer.alloc(1000)
    console.log(garbage.length)
}, 10)
