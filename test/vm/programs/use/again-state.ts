// The same arguments, and another result each time: it depends on what is set elsewhere.
let prefix = 0
let shown = 0
let n = 0
function barOf(level: number): string {
    let bar = ""
    for (let i = 0; i < level; i++) bar += prefix
    return bar
}
setInterval(() => {
    n++
    prefix = n % 1000
    shown += barOf(4 + (n % 5)).length
}, 100)
