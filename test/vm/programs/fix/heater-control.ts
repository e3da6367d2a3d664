// Keeps a kettle at its temperature: a controller that says what it did and why.
interface Decision {
    power: number
    error: number
    integral: number
}

let temperature = 200
let integral = 0

function decide(target: number, measured: number): Decision {
    const error = target - measured
    integral += error
    if (integral > 2000) integral = 2000
    if (integral < -2000) integral = -2000
    let power = Math.round(error * 0.8 + integral * 0.01)
    if (power < 0) power = 0
    if (power > 100) power = 100
    return { power, error, integral }
}

let turn = 0
setInterval(() => {
    const decision = decide(650, temperature)
    temperature += Math.round(decision.power / 8) - 4
    turn++
    if (turn % 10 === 0)
        console.log(`${temperature}: power ${decision.power}, off by ${decision.error}`)
}, 100)
