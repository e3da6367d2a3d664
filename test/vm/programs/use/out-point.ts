// A class's method tells where a point comes to lie: a new point for each.
class Point {
    constructor(
        public x: number,
        public y: number,
    ) {}
    turned(): Point {
        return new Point(-this.y, this.x) // here
    }
}
const corner = new Point(3, 4)
let sum = 0
setInterval(() => {
    for (let i = 0; i < 8; i++) {
        corner.x = i
        const turned = corner.turned()
        sum += turned.x * 10 + turned.y
    }
}, 400)
