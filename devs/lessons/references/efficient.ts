// The same dishes, referred to: every step gets the items themselves. Readonly keeps the promise that
// none changes the menu, and keeps it in the compiler, for nothing.

import { loadMenu, type MenuItem } from "./menu"

const menu = loadMenu()
let premium: Readonly<MenuItem>[]
let shown: Readonly<MenuItem>[]

// lesson: begin
function premiumOf(items: Readonly<MenuItem>[]): Readonly<MenuItem>[] {
    const picked: Readonly<MenuItem>[] = []
    for (const item of items) if (item.cents > 1000) picked.push(item)
    return picked
}

function categoryOf(items: Readonly<MenuItem>[], category: string): Readonly<MenuItem>[] {
    const picked: Readonly<MenuItem>[] = []
    for (const item of items) if (item.category === category) picked.push(item)
    return picked
}
// lesson: end

function choose(): void {
    premium = premiumOf(menu)
    shown = categoryOf(premium, "Category 3")
}

console.log("work begins")
choose()
console.log("work ends")
console.log(`${premium.length} premium of ${menu.length}`)
for (const item of shown) console.log(`${item.name}: ${item.description}, ${item.cents} cents`)
