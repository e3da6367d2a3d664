// A lamp that goes out ten minutes after it was pressed.
let isLit = false
function press() {
    isLit = true
    // here
    setTimeout(() => {
        isLit = false
    }, 600000)
}
setInterval(press, 300)
