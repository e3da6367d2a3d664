// The same as texts.
const seen: string[] = []
let n = 0
setInterval(() => {
    if (n < 180) seen.push("log/" + (n % 30 === 0 ? 0 : n) + ".txt")
    n++
}, 50)
