// The same line: each number a text, and as much of the dots as it leaves.
const DOTS = "........"
let shown = ""
let n = 0
setInterval(() => {
    n++
    const a = `${n}`
    const b = `${n * 2}`
    const c = `${n * 3}`
    shown = `a${DOTS.slice(a.length)}${a}b${DOTS.slice(b.length)}${b}c${DOTS.slice(c.length)}${c}`
}, 100)
