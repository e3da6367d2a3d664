// All pages of a show are drawn into one picture.
const pixels = Buffer.alloc(160 * 128)
let page = 0
setInterval(() => {
    page = (page + 1) % 5
    pixels.fillAt(0, pixels.length, (page + 1) * 40)
}, 1000)
