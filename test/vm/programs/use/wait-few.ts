// Hardly ever do more than three wait.
interface Press {
    key: number
    ms: number
}
const presses: Press[] = []
let n = 0
let done = 0
setInterval(() => {
    presses.push({ key: n % 12, ms: n % 900 })
    n++
    if (presses.length > 3) done += presses.shift().ms
}, 50)
