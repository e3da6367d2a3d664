import { StringBuilder } from "../../../src/string-builder"

const line = new StringBuilder(40)

line.text("Café", -8).integer(3, 4).text(" x ").decimal(1250, 2, 9)
console.log(`[${line.build()}] ${line.length} of ${line.capacity}`)
line.clear()
line.repeat("-", 40)
console.log(`[${line.build()}] full ${line.isFull()}, overflowed ${line.overflowed()}`)
line.text("more").newline()
console.log(`refused ${line.refused}, overflowed ${line.overflowed()}, free ${line.available()}`)
line.clear()
line.text("0123456789012345678901234567890123456").text("toolong").text("no")
console.log(`[${line.build()}] refused ${line.refused}, most ${line.highWaterMark}`)

const values = [0, 1, 9, 10, 99, 100, 1250, -1, -5, -1250, 2147483647, -2147483648, 4294967296]
for (const value of values) {
    line.clear()
    line.integer(value).text("|").decimal(value, 2).text("|").decimal(value, 1)
    console.log(line.build())
}
line.clear()
line.integer(999999999999999).text(" ").decimal(-999999999999999, 15)
console.log(line.build())
line.clear()
console.log(`empty ${line.isEmpty()} [${line.build()}]`)
line.text("€uro", 6).text("日本", -4).text(".").decimal(-5, 2, -6).text("|").integer(-123, 2)
console.log(`[${line.build()}] ${line.length}`)
const stats = line.stats()
console.log(`${stats.capacity} ${stats.length} ${stats.highWaterMark} ${stats.refused}`)

function fails(what: () => void): void {
    try {
        what()
        console.log("no error")
    } catch (e) {
        const error = e as Error
        console.log(`${error.name}: ${error.message}`)
    }
}
fails(() => new StringBuilder(0))
fails(() => new StringBuilder(60000))
fails(() => line.integer(1.5))
fails(() => line.decimal(1, 16))
fails(() => line.decimal(1, -1))
fails(() => line.text("a", 1.5))
fails(() => line.repeat("ab", 2))
fails(() => line.repeat("é", 2))
fails(() => line.repeat("-", -1))
