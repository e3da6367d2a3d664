// Devices that were heard of; new ones come now and then.
const seen: string[] = []
let n = 0
let news = 0
setInterval(() => {
    const id = "dev-" + ((n * 13) % 36)
    n++
    if (!seen.includes(id)) {
        seen.push(id) // here
        news++
    }
}, 60)
