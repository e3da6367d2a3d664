// What a shelf is worth: the prices of all of its goods, by reduce.
class Good {
    constructor(
        readonly shelf: number,
        readonly cents: number,
        readonly weight: number,
        readonly isFresh: boolean,
    ) {}
}
const goods: Good[] = []
for (let i = 0; i < 48; i++) goods.push(new Good(i % 9, 100 + i * 30, i * 20, i % 2 === 0)) // here
let worth = 0
setInterval(() => {
    worth = goods.reduce((sum, good) => sum + good.cents, 0)
}, 200)
