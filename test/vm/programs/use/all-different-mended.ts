// Every text is another one: there is nothing to share.
const names: string[] = []
let n = 0
setInterval(() => {
    if (n < 150) names.push("entry " + n)
    n++
}, 20)
