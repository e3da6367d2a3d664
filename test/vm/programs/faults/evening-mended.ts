// Every evening the day is summed up, minute by minute.
function sumOfDay(): number {
    let sum = 0
    for (let i = 0; i < 1440; i++) {
        const reading = { minute: i, watts: (i * 7) % 300 }
        sum += reading.watts
    }
    return sum
}
let sum = 0
setInterval(() => {
    sum = sumOfDay()
}, 30000)
