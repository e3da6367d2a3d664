// Finds fault with itself.
let n = 0
setInterval(() => {
    n++
    if (n === 30) console.log("self-test FAILED at " + n)
}, 100)
