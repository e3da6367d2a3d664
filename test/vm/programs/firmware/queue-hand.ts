// Orders of 4 bytes wait for the kitchen, 20 at most; those that find no place are counted.
const CAPACITY = 20
const orders = Buffer.alloc(4 * CAPACITY)
let length = 0
let head = 0
let refused = 0
let most = 0
let made = 0
let cooked = 0
let cents = 0

function receive(table: number, price: number): void {
    if (length === CAPACITY) {
        refused++
        return
    }
    let at = head + 4 * length
    if (at >= 4 * CAPACITY) at -= 4 * CAPACITY
    orders[at] = made & 0xff
    orders[at + 1] = table
    orders[at + 2] = price & 0xff
    orders[at + 3] = price >> 8
    length++
    if (length > most) most = length
}

function cook(): void {
    if (length === 0) return
    cooked++
    cents += (orders[head + 2] as number) | ((orders[head + 3] as number) << 8)
    head += 4
    if (head === 4 * CAPACITY) head = 0
    length--
}

setInterval(() => {
    for (let i = 0; i < 3; i++) {
        made++
        receive(made % 40, 450 + ((made * 71) % 900))
    }
    cook()
    if (made % 20 < 10) cook()
    if (made % 20 < 3) cook()
    if (made % 60 === 0)
        console.log(`${cooked} cooked, ${cents}, ${length} wait, ${refused} of ${most}`)
}, 100)
