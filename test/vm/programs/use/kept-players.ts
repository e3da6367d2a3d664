import { ObjectPool } from "../../../../src/object-pool"
// Of thirty players two are given back in a minute.
class Player {
    x = 0
    y = 0
    lives = 3
}
const players = new ObjectPool<Player>(40, () => new Player()) // here
const all: Player[] = []
for (let i = 0; i < 30; i++) all.push(players.acquire())
let n = 0
setInterval(() => {
    n++
    if (n % 250 === 0) {
        players.release(all[n % 30])
        all[n % 30] = players.acquire()
    }
    all[n % 30].x = n
}, 100)
