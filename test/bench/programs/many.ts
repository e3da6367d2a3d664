// Makes and drops texts beside 1,000 that stay.
const kept: string[] = []
for (let i = 0; i < 1000; i++) kept.push("n" + i)
let last = ""
setInterval(() => {
    last = "reading " + kept.length + last.length
}, 10)
