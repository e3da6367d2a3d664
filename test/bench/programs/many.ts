// Makes and drops texts beside 2,000 that stay.
const kept: string[] = []
for (let i = 0; i < 2000; i++) kept.push("n" + i)
let last = ""
setInterval(() => {
    last = "reading " + kept.length + last.length
}, 10)
