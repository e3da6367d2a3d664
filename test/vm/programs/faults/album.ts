// Each page of a show has a picture of its own, though one is shown at a time.
class Page {
    pixels: Buffer
    constructor(color: number) {
        this.pixels = Buffer.alloc(160 * 128) // here
        this.pixels.fillAt(0, this.pixels.length, color)
    }
}
const pages: Page[] = []
for (let color = 1; color <= 5; color++) pages.push(new Page(color * 40))
let shown = 0
setInterval(() => {
    shown += pages[shown % 5].pixels[0]
}, 1000)
