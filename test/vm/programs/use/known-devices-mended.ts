// The same, each device a key.
const seen: { [id: string]: boolean } = {}
let n = 0
let news = 0
setInterval(() => {
    const id = "dev-" + ((n * 13) % 36)
    n++
    if (!seen[id]) {
        seen[id] = true
        news++
    }
}, 60)
