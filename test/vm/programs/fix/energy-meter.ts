// Counts pulses of a meter: what was used in each minute, and the day's best and worst.
interface Minute {
    start: number
    pulses: number
    peak: number
}

const minutes: Minute[] = []
let pulses = 0
let peak = 0
let second = 0

function best(): Minute {
    let found = minutes[0]
    for (const minute of minutes) if (minute.pulses < found.pulses) found = minute
    return found
}

function total(): number {
    return minutes.map(minute => minute.pulses).reduce((a, b) => a + b, 0)
}

setInterval(() => {
    second++
    const now = 2 + ((second * second) % 7)
    pulses += now
    if (now > peak) peak = now
    if (second % 60 === 0) {
        minutes.push({ start: second - 60, pulses, peak })
        pulses = 0
        peak = 0
        if (minutes.length % 10 === 0)
            console.log(`total ${total()}, best minute at ${best().start}`)
    }
}, 25)
