let calls = 0
setInterval(() => {
    calls++
}, 1480.8)

function saysOf(temperature: number): string {
    return temperature ? "some" : "none"
}
console.log(`${saysOf(21.5)} at 21.5, ${saysOf(21)} at 21, ${saysOf(0)} at 0`)

setTimeout(() => console.log(`${calls} calls`), 1000)
