// A sky of stars, three bytes each.
const COUNT = 900
const sky = Buffer.alloc(COUNT * 3)
function fill() {
    for (let i = 0; i < COUNT; i++) {
        sky[i * 3] = (i * 37) % 240
        sky[i * 3 + 1] = (i * 91) % 200
        sky[i * 3 + 2] = i % 8
    }
}
fill()
let n = 0
let brightest = 0
setInterval(() => {
    brightest = Math.max(brightest, sky[(n++ % COUNT) * 3 + 2])
}, 200)
