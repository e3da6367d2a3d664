// A sky of stars, each of a class.
class Star {
    x: number
    y: number
    light: number
    constructor(x: number, y: number, light: number) {
        this.x = x
        this.y = y
        this.light = light
    }
}
const sky: Star[] = []
function fill() {
    for (let i = 0; i < 900; i++) {
        sky.push(new Star((i * 37) % 240, (i * 91) % 200, i % 8)) // here
    }
}
fill()
let n = 0
let brightest = 0
setInterval(() => {
    brightest = Math.max(brightest, sky[n++ % sky.length].light)
}, 200)
