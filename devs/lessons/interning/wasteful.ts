// Orders come in as lines of text that name their category. What is kept of each is the text that was
// cut out of its line.

import { readLine } from "./counter"

const ORDERS = 150
let categories: string[]
let report = ""

// lesson: begin
function keep(order: number, category: string): void {
    categories[order] = category
}

function categoryOf(order: number): string {
    return categories[order]
}
// lesson: end

function receive(): void {
    // lesson: begin
    categories = new Array<string>(ORDERS)
    // lesson: end
    for (let order = 0; order < ORDERS; order++) {
        const line = readLine(order)
        keep(order, line.slice(line.indexOf(": ") + 2))
    }
}

function count(): void {
    // lesson: begin
    const counted: string[] = []
    for (let order = 0; order < ORDERS; order++) {
        const category = categories[order]
        if (counted.includes(category)) continue
        let count = 0
        for (let i = order; i < ORDERS; i++) if (categories[i] === category) count++
        report += `${category} ${count}, `
        counted.push(category)
    }
    // lesson: end
}

console.log("work begins")
receive()
count()
console.log("work ends")
console.log(`${report}${ORDERS} in all`)
console.log(`first ${categoryOf(0)}, last ${categoryOf(ORDERS - 1)}`)
