// Nearly every call has another argument.
let shown = 0
let n = 0
function barOf(level: number): string {
    let bar = ""
    for (let i = 0; i < 5 + (level % 3); i++) bar += "#" + level
    return bar
}
setInterval(() => {
    n++
    shown += barOf(n).length
}, 100)
