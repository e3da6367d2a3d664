// A long answer is parsed as a whole.
function answer(from: number, count: number): string {
    let text = "["
    for (let i = from; i < from + count; i++) text += `{"at":${i},"rain":${i % 5},"wind":${i % 9}},`
    return text + "{}]"
}
function rainOf(text: string): number {
    const hours = JSON.parse(text) // here
    let rain = 0
    for (const hour of hours) if (hour.rain) rain += hour.rain
    return rain
}
let rain = 0
setTimeout(() => {
    rain = rainOf(answer(0, 300))
}, 1000)
