// The same, each bar kept at the place of its level.
const known: string[] = []
let shown = 0
let n = 0
function barOf(level: number): string {
    let bar = known[level]
    if (bar !== undefined) return bar
    bar = ""
    for (let i = 0; i < level; i++) bar += "#"
    known[level] = bar
    return bar
}
setInterval(() => {
    n++
    shown += barOf(4 + ((n * 7) % 10)).length
}, 100)
