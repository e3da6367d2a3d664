// The same, each card a key.
const cards: { [card: string]: boolean } = {}
for (let i = 0; i < 40; i++) cards["card " + i * 7] = true
let n = 0
let opened = 0
setInterval(() => {
    const card = "card " + (n++ % 280)
    if (cards[card]) opened++
}, 100)
