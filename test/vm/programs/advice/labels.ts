// A line for a display, made ten times a second and padded to its width.
let shown = ""
let n = 0
function padded(value: number): string {
    let text = "" + value
    while (text.length < 8) text = "." + text
    return text
}
setInterval(() => {
    n++
    shown = "a" + padded(n) + "b" + padded(n * 2) + "c" + padded(n * 3)
}, 100)
