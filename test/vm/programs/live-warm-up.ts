// A bounded cache: grows for the first third of a minute and then no more.
const cache: string[] = []
let n = 0
setInterval(() => {
    const entry = "entry number " + n
    if (cache.length < 100) cache.push(entry)
    else cache[n % 100] = entry
    n++
    if (n % 200 === 0) console.log("entries " + n)
}, 200)
