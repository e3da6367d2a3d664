// Cards that open the door, by their number as a text.
const cards: string[] = []
for (let i = 0; i < 40; i++) cards.push("card " + i * 7) // here
let n = 0
let opened = 0
setInterval(() => {
    const card = "card " + (n++ % 280)
    if (cards.includes(card)) opened++
}, 100)
