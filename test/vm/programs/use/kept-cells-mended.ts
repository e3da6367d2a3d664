// The same cells, each made when it is needed.
class Cell {
    level = 0
    at = 0
}
const used: Cell[] = []
let n = 0
setInterval(() => {
    if (used.length < 40) {
        const cell = new Cell()
        cell.level = n % 9
        used.push(cell)
    }
    n++
    used[n % used.length].at = n
}, 100)
