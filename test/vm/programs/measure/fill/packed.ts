// Orders of 24 bits until the board is full: first a list as long as one buffer can be, then short
// ones in what is left.
import { ORDER_BYTES, ORDER_PAID, packOrder } from "../../../../../src/compact-order-flags"
import {
    listAvailable,
    listPush,
    MAX_BUFFER_BYTES,
    LIST_START,
    packedList,
    type PackedList,
} from "../../../../../src/index"

const full: PackedList[] = []
let list = packedList(Math.floor((MAX_BUFFER_BYTES - LIST_START) / ORDER_BYTES), ORDER_BYTES)
let orders = 0
setInterval(() => {
    if (listAvailable(list) === 0) {
        full.push(list)
        list = packedList(100, ORDER_BYTES)
    }
    while (listAvailable(list) > 0) {
        listPush(list, packOrder(orders & 4095, 5, 7, ORDER_PAID))
        orders++
        if (orders % 100 === 0) break
    }
    console.log(`${orders}`)
}, 10)
