// A lamp that goes out ten minutes after it was pressed last.
let isLit = false
let off: number
function press() {
    isLit = true
    clearTimeout(off)
    off = setTimeout(() => {
        isLit = false
    }, 600000)
}
setInterval(press, 300)
