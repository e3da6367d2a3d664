// A plotter's moves come in bursts and are done one by one.
class Move {
    constructor(
        readonly x: number,
        readonly y: number,
        readonly isDown: boolean,
    ) {}
}
const moves: Move[] = []
let n = 0
let way = 0
setInterval(() => {
    if (n % 48 === 0) for (let i = 0; i < 48; i++) moves.push(new Move(i * 3, 200 - i, i % 5 > 0)) // here
    n++
    const move = moves.shift()
    if (move !== undefined && move.isDown) way += move.x + move.y
}, 60)
