// Makes and drops texts beside 2,000 that stay.
const lists: string[][] = []
for (let list = 0; list < 20; list++) {
    const kept: string[] = []
    for (let i = 0; i < 100; i++) kept.push("n" + i)
    lists.push(kept)
}
let last = ""
setInterval(() => {
    last = "reading " + lists.length + last.length
}, 10)
