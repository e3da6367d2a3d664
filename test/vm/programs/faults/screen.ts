// A black and white screen with a byte for each pixel.
const WIDTH = 240
const HEIGHT = 200
const screen = Buffer.alloc(WIDTH * HEIGHT) // here
for (let y = 0; y < HEIGHT; y += 2) screen.fillAt(y * WIDTH, WIDTH, 1)
const font = Buffer.alloc(12000)
let shown = 0
setInterval(() => {
    shown += screen[shown % 100] + font[0]
}, 1000)
const sprites = Buffer.alloc(8000)
sprites[0] = 1
