// One list grows, one is replaced again and again, one object stays as it is.
const readings: { time: number; text: string }[] = []
let recent: { time: number }[] = []
const constant = { a: 1, b: "two" }
let time = 0

setInterval(() => {
    time += 1
    readings.push({ time, text: "reading " + time })
    recent = []
    for (let i = 0; i < 5; i++) recent.push({ time: time + i + constant.a })
}, 100)
