// The same buffer as a list that knows its length: it refuses the bill that nobody booked instead of
// dropping it, and a bill that does not fit in two bytes.

import {
    listGet,
    listLength,
    listPush,
    packedList,
    type PackedList,
} from "../../../src/packed-list"

const COVERS = 400
let bills: PackedList

function evening(covers: number): void {
    // lesson: begin
    bills = packedList(covers, 2)
    for (let guest = 0; guest < covers; guest++) listPush(bills, 900 + ((guest * 37) % 4100))
    // lesson: end
}

console.log("work begins")
evening(COVERS)
console.log("work ends")

let sum = 0
let highest = 0
for (let i = 0; i < listLength(bills); i++) {
    const bill = listGet(bills, i)
    sum += bill
    if (bill > highest) highest = bill
}
console.log(`${listLength(bills)} bills, ${sum} cents, the highest ${highest}`)
