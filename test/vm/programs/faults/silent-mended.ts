// Says that it is ready when it is.
console.log("ready")
let n = 0
setInterval(() => {
    n++
}, 100)
