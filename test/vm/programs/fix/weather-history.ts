// A weather station: every second a reading, and every half a minute the mean of the last thirty.
import { Temperature } from "@devicescript/core"

const thermometer = new Temperature()
const history: number[] = []
const SHOWN = 30

setInterval(async () => {
    const degrees = await thermometer.reading.read()
    history.push(Math.round(degrees * 10))
}, 1000)

setInterval(() => {
    if (history.length < SHOWN) return
    let sum = 0
    for (let i = history.length - SHOWN; i < history.length; i++) sum += history[i]
    console.log(`mean ${Math.round(sum / SHOWN)}`)
}, 30_000)
