// All of a row is looked at: rows may stay rows.
interface Point {
    x: number
    y: number
}
const points: Point[] = []
for (let i = 0; i < 60; i++) points.push({ x: i, y: (i * 3) % 50 })
let length = 0
setInterval(() => {
    for (const point of points) length += point.x * point.x + point.y * point.y
}, 100)
