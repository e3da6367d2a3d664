// The premium dishes are picked out of the menu and shown by category. Every step gets a copy of what
// it works on, so that none can change the menu.

import { loadMenu, type MenuItem } from "./menu"

const menu = loadMenu()
let premium: MenuItem[]
let shown: MenuItem[]

// lesson: begin
function copyOf(item: MenuItem): MenuItem {
    return Object.assign({}, item) as MenuItem
}

function premiumOf(items: MenuItem[]): MenuItem[] {
    const picked: MenuItem[] = []
    for (const item of items) {
        const copy = copyOf(item)
        if (copy.cents > 1000) picked.push(copy)
    }
    return picked
}

function categoryOf(items: MenuItem[], category: string): MenuItem[] {
    const picked: MenuItem[] = []
    for (const item of items) if (item.category === category) picked.push(copyOf(item))
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
