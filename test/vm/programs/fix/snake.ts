// A snake that goes round on a grid of sixteen by sixteen and grows with what it eats.
interface Point {
    x: number
    y: number
}

const body: Point[] = [{ x: 8, y: 8 }]
let length = 4
let heading = 0
let turn = 0
let food: Point = { x: 3, y: 8 }

function next(from: Point): Point {
    if (heading === 0) return { x: (from.x + 15) % 16, y: from.y }
    if (heading === 1) return { x: from.x, y: (from.y + 15) % 16 }
    if (heading === 2) return { x: (from.x + 1) % 16, y: from.y }
    return { x: from.x, y: (from.y + 1) % 16 }
}

setInterval(() => {
    turn++
    if (turn % 6 === 0) heading = (heading + 1) % 4
    const head = next(body[body.length - 1])
    body.push(head)
    if (head.x === food.x && head.y === food.y) {
        length++
        food = { x: (food.x * 7 + 3) % 16, y: (food.y * 5 + 1) % 16 }
    }
    while (body.length > length) body.shift()
    if (turn % 8 === 0) console.log(`head ${head.x},${head.y} length ${body.length}`)
}, 100)
