// Whatever was drawn can be taken back, for ever.
class Drawing {
    steps: (() => void)[] = []
    ink = 0
    draw(x: number, y: number) {
        const before = Buffer.alloc(32)
        this.ink += x
        // here
        this.steps.push(() => {
            this.ink -= before.length + y
        })
    }
}
const drawing = new Drawing()
let n = 0
setInterval(() => {
    n++
    drawing.draw(n % 128, n % 64)
}, 100)
