// Whatever was drawn can be taken back, for ever.
let erased = 0
class Drawing {
    steps: (() => void)[] = []
    ink = 0
    draw(x: number, y: number) {
        const before = Buffer.alloc(32)
        this.ink += x
        // here
        this.steps.push(() => {
            erased += before.length + y
        })
    }
}
const drawing = new Drawing()
let n = 0
setInterval(() => {
    n++
    drawing.draw(n % 128, n % 64)
}, 100)
