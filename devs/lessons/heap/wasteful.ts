// Every bill of the evening is kept for the report: they outlive the call that makes them and their
// number is known only when the evening is booked, so they belong on the heap. This array starts
// empty and grows as they come.

const COVERS = 400
let bills: number[]

function evening(covers: number): void {
    // lesson: begin
    bills = []
    for (let guest = 0; guest < covers; guest++) bills.push(900 + ((guest * 37) % 4100))
    // lesson: end
}

console.log("work begins")
evening(COVERS)
console.log("work ends")

let sum = 0
let highest = 0
for (const bill of bills) {
    sum += bill
    if (bill > highest) highest = bill
}
console.log(`${bills.length} bills, ${sum} cents, the highest ${highest}`)
