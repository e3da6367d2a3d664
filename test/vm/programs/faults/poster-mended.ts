// A picture, line by line.
const line = Buffer.alloc(320)
let y = 0
function print() {
    line.fillAt(0, 320, y++ & 255)
}
setInterval(print, 500)
