// The last steps can be taken back: what they need is kept, and no call.
class Drawing {
    steps: number[] = []
    ink = 0
    draw(x: number, y: number) {
        const before = Buffer.alloc(32)
        this.ink += x
        this.steps.push(before.length + y)
        if (this.steps.length > 50) this.steps.shift()
    }
}
const drawing = new Drawing()
let n = 0
setInterval(() => {
    n++
    drawing.draw(n % 128, n % 64)
}, 100)
