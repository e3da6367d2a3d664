// What gets the copy writes into it.
const data: number[] = []
for (let i = 0; i < 40; i++) data.push(i * 1.5)
let n = 0
let sum = 0
function halve(list: number[]): void {
    for (let i = 0; i < list.length; i++) {
        list[i] = list[i] / 2
        sum += list[i]
    }
}
setInterval(() => {
    n++
    halve(data.slice(n % 20, (n % 20) + 5))
}, 100)
