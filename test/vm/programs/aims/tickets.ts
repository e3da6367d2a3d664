// Tickets of a parking machine in one buffer, a row of 64 bytes for each; and how many of each price.
//: rows
const ROW = 64
const tickets = Buffer.alloc(40 * ROW)
//|
//- const ROW = 12
//- const tickets = Buffer.alloc(40 * ROW)
//.
for (let i = 0; i < 40; i++) {
    for (let j = 0; j < 12; j++) tickets[i * ROW + j] = 1 + ((i * 5 + j) % 250)
}
//: prices
const prices: number[] = []
for (let i = 0; i < 90; i++) prices.push(50 * (i % 40))
//|
//- const prices = new Array<number>(90)
//- for (let i = 0; i < 90; i++) prices[i] = 50 * (i % 40)
//.
let turn = 0
let paid = 0
setInterval(() => {
    paid += tickets[(turn % 40) * ROW + 3]
    paid += prices[turn % 90]
    turn++
}, 120)
