// A day of minutes, of which the first few have gone by.
const watts: number[] = []
let n = 0
setInterval(() => {
    watts.push((n++ * 7) % 300) // here
    if (watts.length > 900) watts.shift()
}, 1000)
