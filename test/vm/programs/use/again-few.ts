import { ObjectPool } from "../../../../src/object-pool"
// Only five were ever asked for: too few to say that none comes back.
class Cell {
    level = 0
    at = 0
}
const cells = new ObjectPool<Cell>(6, () => new Cell())
const used: Cell[] = []
for (let i = 0; i < 5; i++) used.push(cells.acquire())
let n = 0
setInterval(() => {
    used[n++ % 5].at = n
}, 50)
