// A page is made anew each second, beside the one that is shown.
const archive = Buffer.alloc(30000)
let page = Buffer.alloc(11000)
let n = 0
function draw() {
    const next = Buffer.alloc(11000) // here
    next.fillAt(0, 11000, n & 255)
    archive[n++ % 30000] = next[0]
    page = next
}
setInterval(draw, 1000)
