// The same bills on the same heap, in a buffer made as large as the evening is booked: no bill is
// beyond 65,535 cents, so each takes two bytes.

const COVERS = 400
let bills: Buffer

function evening(covers: number): void {
    // lesson: begin
    bills = Buffer.alloc(2 * covers)
    for (let guest = 0; guest < covers; guest++)
        bills.setAt(2 * guest, "u16", 900 + ((guest * 37) % 4100))
    // lesson: end
}

console.log("work begins")
evening(COVERS)
console.log("work ends")

let sum = 0
let highest = 0
for (let at = 0; at < bills.length; at += 2) {
    const bill = bills.getAt(at, "u16")
    sum += bill
    if (bill > highest) highest = bill
}
console.log(`${bills.length / 2} bills, ${sum} cents, the highest ${highest}`)
