// What a function returns is asked once, by a method: the call reads as a sentence, and stays one.
class Check {
    constructor(public value: number) {}
    isAbove(least: number): boolean {
        return this.value > least
    }
}
let above = 0
let n = 0
function check(value: number): Check {
    return new Check(value)
}
setInterval(() => {
    for (let i = 0; i < 5; i++) {
        n++
        if (check(n % 50).isAbove(20)) above++
    }
}, 200)
