// The same steps fused into one pass that makes nothing: each sale takes all steps before the next one
// takes the first.

import { loadSales } from "./sales"

const sales = loadSales()
let net = 0
let pastas = 0

function analyze(): void {
    // lesson: begin
    for (let i = 0; i < sales.length; i++) {
        const sale = sales[i]
        if (sale.cents <= 3000 || sale.day >= 183) continue
        net += Math.floor((sale.cents * 100) / 119)
        if (sale.name === "Pasta") pastas++
    }
    // lesson: end
}

console.log("work begins")
analyze()
console.log("work ends")
console.log(`net ${net} cents, ${pastas} pastas`)
