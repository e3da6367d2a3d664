// The same fills a point that is there.
class Point {
    constructor(
        public x: number,
        public y: number,
    ) {}
    turnInto(point: Point): void {
        point.x = -this.y
        point.y = this.x
    }
}
const corner = new Point(3, 4)
const turned = new Point(0, 0)
let sum = 0
setInterval(() => {
    for (let i = 0; i < 8; i++) {
        corner.x = i
        corner.turnInto(turned)
        sum += turned.x * 10 + turned.y
    }
}, 400)
