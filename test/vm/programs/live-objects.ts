// Every kind of block: maps, prototypes, bound functions, closures, buffers with properties, long text.
class Shape {
    constructor(
        public name: string,
        public sides: number,
    ) {}
    describe(): string {
        return this.name + " has " + this.sides
    }
}
class Square extends Shape {
    constructor() {
        super("square", 4)
    }
    override describe(): string {
        return "a " + this.name
    }
}
const shapes: Shape[] = [new Shape("triangle", 3), new Square()]
const bound = shapes[1].describe
const data = Buffer.alloc(32)
const long = "äöü naïve text that is longer than fifty characters, so it gets a jump list"
let text = ""
let n = 0
setInterval(() => {
    n++
    data.setAt(0, "u16", n)
    const parsed: any = JSON.parse(JSON.stringify({ n: n, list: [1, 2, n], text: long }))
    text = parsed.text.slice(n % 10, 60)
    const made = () => bound() + parsed.list[2] + data.getAt(0, "u16")
    if (n % 50 === 0) console.log(made() + " " + text.length)
}, 20)
