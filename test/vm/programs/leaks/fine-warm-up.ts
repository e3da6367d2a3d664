// A table that is full after twenty seconds.
const table: string[] = []
let n = 0
setInterval(() => {
    if (table.length < 100) table.push("entry number " + n)
    n++
}, 200)
