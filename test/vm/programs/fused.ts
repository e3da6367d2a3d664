import { Fused } from "../../../src/fused"
import { hex } from "../../../src/hex"

const prices = [450, 1690, 320, 0, 1250, 990]
const inFlash = hex`01 02 03 04 05 06 07 08 09 0a`

function isPaid(price: number): boolean {
    return price > 0
}
function withTax(price: number): number {
    return price + price / 10
}
function isLarge(price: number): boolean {
    return price > 1000
}

const taxed = new Fused<number>().filter(isPaid).map(withTax)
console.log(`${taxed.sum(prices)} ${taxed.count(prices)} ${taxed.some(prices)}`)
const large = new Fused<number>().map(withTax).filter(isLarge)
console.log(`${large.sum(prices)} ${large.count(prices)} ${large.first(prices)}`)
console.log(large.first([1, 2]), large.some([]), large.sum([]))
const everyOther = new Fused<number>().filter(i => (i & 1) === 0).map(i => inFlash[i] as number)
console.log(`${everyOther.sum(10)} of ${new Fused<number>().sum(inFlash)}`)
const names = new Fused<number>().filter(isPaid).map(price => `${price}`)
console.log(names.reduce(prices, (text, name) => text + " " + name, "prices"))
let log = ""
names.forEach(prices, name => {
    log += name.length
})
console.log(log)

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
fails(() => {
    let pipeline = new Fused<number>()
    for (let i = 0; i < 32; i++) pipeline = pipeline.filter(isPaid)
})
