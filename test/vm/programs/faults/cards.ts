// Each card that opens the door is known from then on; there are so many cards.
const known: any = {}
let n = 0
let opened = 0
setInterval(() => {
    const card = "card " + ((n++ * 3) % 700)
    if (known[card] === undefined) known[card] = opened // here
    opened++
}, 1000)
