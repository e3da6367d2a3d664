// The same dishes, referred to: every step gets the places of the dishes in the menu, a byte each.
// Readonly keeps the promise that none changes the menu, and keeps it in the compiler, for nothing.

import { DISHES, loadMenu, type MenuItem } from "./menu"

const menu: readonly Readonly<MenuItem>[] = loadMenu()
let premium: Buffer
let shown: Buffer
let premiumCount = 0
let shownCount = 0

// lesson: begin
function choose(): void {
    premium = Buffer.alloc(DISHES)
    for (let i = 0; i < DISHES; i++) if (menu[i].cents > 1000) premium[premiumCount++] = i
    shown = Buffer.alloc(premiumCount)
    for (let i = 0; i < premiumCount; i++)
        if (menu[premium[i]].category === "Category 3") shown[shownCount++] = premium[i]
}
// lesson: end

console.log("work begins")
choose()
console.log("work ends")
console.log(`${premiumCount} premium of ${menu.length}`)
for (let i = 0; i < shownCount; i++) {
    const item = menu[shown[i]]
    console.log(`${item.name}: ${item.description}, ${item.cents} cents`)
}
