// What is found leaves: a list, since keys of an object stay.
const guests: string[] = []
let n = 0
let here = 0
setInterval(() => {
    guests.push("guest " + n)
    n++
    if (guests.length > 30) guests.shift()
    if (guests.includes("guest " + (n - 20))) here++
}, 100)
