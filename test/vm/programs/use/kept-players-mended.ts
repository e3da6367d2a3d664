// The same, a new player now and then.
class Player {
    x = 0
    y = 0
    lives = 3
}
const all: Player[] = []
for (let i = 0; i < 30; i++) all.push(new Player())
let n = 0
setInterval(() => {
    n++
    if (n % 250 === 0) all[n % 30] = new Player()
    all[n % 30].x = n
}, 100)
