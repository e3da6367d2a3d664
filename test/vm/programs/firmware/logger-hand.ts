// Keeps the last 60 readings and tells their least, most and mean, every 6 seconds.
const KEPT = 60
const readings = Buffer.alloc(2 * KEPT)
let length = 0
let head = 0
let least = 0
let most = 0
let sum = 0
let tick = 0

setInterval(() => {
    const reading = 200 + ((tick * 37) % 101)
    tick++
    let at = head + 2 * length
    if (at >= 2 * KEPT) at -= 2 * KEPT
    readings.setAt(at, "u16", reading)
    if (length < KEPT) length++
    else {
        head += 2
        if (head === 2 * KEPT) head = 0
    }
    if (tick % 60 !== 0) return
    least = 0xffff
    most = 0
    sum = 0
    for (let i = 0; i < length; i++) {
        let from = head + 2 * i
        if (from >= 2 * KEPT) from -= 2 * KEPT
        const value = readings.getAt(from, "u16")
        if (value < least) least = value
        if (value > most) most = value
        sum += value
    }
    console.log(`${length}: ${least} to ${most}, ${Math.round(sum / length)}`)
}, 100)
