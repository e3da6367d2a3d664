// A bar for a level is put together anew each time, and there are ten levels.
let shown = 0
let n = 0
function barOf(level: number): string {
    // here
    let bar = ""
    for (let i = 0; i < level; i++) bar += "#"
    return bar
}
setInterval(() => {
    n++
    shown += barOf(4 + ((n * 7) % 10)).length
}, 100)
