// A page is drawn anew each second, where it is.
const archive = Buffer.alloc(30000)
const page = Buffer.alloc(11000)
let n = 0
function draw() {
    page.fillAt(0, 11000, n & 255)
    archive[n++ % 30000] = page[0]
}
setInterval(draw, 1000)
