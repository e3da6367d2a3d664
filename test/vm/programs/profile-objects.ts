// What grows and what is kept, with costs known by construction.

class Tray {
    cups = [1, 2] // field
    plain = 1
    cloth = Buffer.alloc(20) // second field
}
class Cart extends Tray {
    load = Buffer.alloc(40) // field of the subclass
}
const carts: Cart[] = []
for (let i = 0; i < 10; i++) carts.push(new Cart()) // new

let text = ""
for (let i = 0; i < 20; i++) text = text + "0123456789" // append

const list: number[] = []
for (let i = 0; i < 100; i++) list.push(i) // push

const index: any = {}
const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
for (const name of names) index[name] = true // entries

let last: Buffer = undefined
for (let i = 0; i < 50; i++) last = Buffer.alloc(60) // replaced
console.log("done " + text.length + list.length + carts.length + last.length)
