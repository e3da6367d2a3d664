// The bills of the lesson "heap" in an array made as large as the evening is booked: what is advised.

const COVERS = 400
let bills: number[]

function evening(covers: number): void {
    // lesson: begin
    bills = new Array<number>(covers)
    for (let guest = 0; guest < covers; guest++) bills[guest] = 900 + ((guest * 37) % 4100)
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
