import { ObjectPool } from "../../../../src/object-pool"
// Cells are taken out one after the other and stay out: nothing is ever used again.
class Cell {
    level = 0
    at = 0
}
const cells = new ObjectPool<Cell>(60, () => new Cell()) // here
const used: Cell[] = []
let n = 0
setInterval(() => {
    if (used.length < 40) {
        const cell = cells.acquire()
        cell.level = n % 9
        used.push(cell)
    }
    n++
    used[n % used.length].at = n
}, 100)
