// Distances of a moving arm: two points are made for each and forgotten.
class Point {
    constructor(
        readonly x: number,
        readonly y: number,
    ) {}
    distanceTo(other: Point): number {
        return Math.sqrt((this.x - other.x) ** 2 + (this.y - other.y) ** 2)
    }
}
let way = 0
let n = 0
setInterval(() => {
    n++
    for (let i = 0; i < 5; i++) way += new Point(n, i).distanceTo(new Point(i, n))
}, 50)
