// Does well: the last readings, a timer, and texts that come and go.
const last: number[] = []
let n = 0
function water() {
    last.push((n++ * 13) % 50)
    if (last.length > 30) last.shift()
    let sum = 0
    for (const one of last) sum += one
    console.log(`mean ${Math.round(sum / last.length)}`)
}
setInterval(water, 1000)
