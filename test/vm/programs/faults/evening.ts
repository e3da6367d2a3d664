// Every evening the whole day is laid out to be summed up.
function sumOfDay(): number {
    const minutes: any[] = []
    for (let i = 0; i < 1440; i++) {
        minutes.push({ minute: i, watts: (i * 7) % 300 }) // here
    }
    let sum = 0
    for (const minute of minutes) sum += minute.watts
    return sum
}
let sum = 0
setInterval(() => {
    sum = sumOfDay()
}, 30000)
