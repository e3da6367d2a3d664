// The same receipts in one buffer as large as a receipt, used again: it is filled with spaces, texts
// are copied to their places, digits written by index. Only the finished receipt is a string.

import { dishCents, dishName } from "./menu"

const RECEIPTS = 11
const LINES = 8
const WIDTH = 24
let receipt: string
let bytes = 0

// lesson: begin
const HEAD = "Receipt for table"
const TOTAL = "Total"
const HEAD_BYTES = HEAD.length + 8 + 1
const LINE_BYTES = WIDTH + 1
const RECEIPT_BYTES = HEAD_BYTES + (LINES + 1) * LINE_BYTES

function serve(): void {
    const paper = Buffer.alloc(RECEIPT_BYTES)
    for (let table = 1; table <= RECEIPTS; table++) {
        paper.fillAt(0, RECEIPT_BYTES, 32)
        paper.blitAt(0, HEAD, 0, HEAD.length)
        paper[HEAD_BYTES - 1] = 10
        paper[HEAD_BYTES - 2] = 48 + (table % 10)
        if (table > 9) paper[HEAD_BYTES - 3] = 48 + Math.idiv(table, 10)
        let total = 0
        let at = HEAD_BYTES
        for (let i = 0; i <= LINES; i++) {
            let text = TOTAL
            let cents = total
            if (i < LINES) {
                text = dishName(table * 3 + i)
                cents = dishCents(table * 3 + i)
                total += cents
            }
            paper.blitAt(at, text, 0, text.length)
            at += LINE_BYTES
            paper[at - 1] = 10
            paper[at - 2] = 48 + (cents % 10)
            paper[at - 3] = 48 + (Math.idiv(cents, 10) % 10)
            paper[at - 4] = 46
            paper[at - 5] = 48 + (Math.idiv(cents, 100) % 10)
            if (cents >= 1000) paper[at - 6] = 48 + (Math.idiv(cents, 1000) % 10)
            if (cents >= 10000) paper[at - 7] = 48 + Math.idiv(cents, 10000)
        }
        receipt = paper.toString()
        bytes += receipt.length
    }
}
// lesson: end

console.log("work begins")
serve()
console.log("work ends")
console.log(`${RECEIPTS} receipts, ${bytes} characters`)
console.log(receipt)
