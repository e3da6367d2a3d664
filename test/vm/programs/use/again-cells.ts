import { ObjectPool } from "../../../../src/object-pool"
// Thirty out of forty are out at once, and all come back.
class Cell {
    level = 0
    at = 0
}
const cells = new ObjectPool<Cell>(36, () => new Cell())
const used: Cell[] = []
let n = 0
setInterval(() => {
    if (used.length < 30) used.push(cells.acquire())
    else while (used.length > 0) cells.release(used.pop())
    n++
}, 50)
