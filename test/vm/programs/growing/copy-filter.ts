// Every reading is kept, and those of a kind are looked for anew each second: a list as long as theirs.
interface Reading {
    id: number
    isHigh: boolean
}

const readings: Reading[] = []
let high = 0

setInterval(() => {
    readings.push({ id: readings.length, isHigh: readings.length % 4 !== 0 })
}, 50)

setInterval(() => {
    const those = readings.filter(({ isHigh }) => isHigh)
    high = those.map(({ id }) => id).reduce((most, id) => Math.max(most, id), 0)
    console.log("highest " + high)
}, 1000)
