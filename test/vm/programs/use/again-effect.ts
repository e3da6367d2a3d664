// A function that counts what it did: leaving out a call would change that.
let made = 0
let shown = 0
let n = 0
function barOf(level: number): string {
    let bar = ""
    for (let i = 0; i < level; i++) bar += "#"
    made++
    return bar
}
setInterval(() => {
    n++
    shown += barOf(4 + (n % 5)).length
}, 100)
