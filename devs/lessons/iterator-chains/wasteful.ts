// What the expensive dishes of the first half of the year brought, after tax: step by step, each a
// method of arrays that makes a new array.

import { loadSales } from "./sales"

const sales = loadSales()
let net = 0
let pastas = 0

function analyze(): void {
    // lesson: begin
    const expensive = sales.filter(sale => sale.cents > 3000).filter(sale => sale.day < 183)
    net = expensive.map(sale => Math.floor((sale.cents * 100) / 119)).reduce((a, b) => a + b, 0)
    pastas = expensive.map(sale => sale.name).filter(name => name === "Pasta").length
    // lesson: end
}

console.log("work begins")
analyze()
console.log("work ends")
console.log(`net ${net} cents, ${pastas} pastas`)
