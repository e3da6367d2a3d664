// Says that it is ready, a bit late.
setTimeout(() => console.log("ready"), 3600000)
let n = 0
setInterval(() => {
    n++
}, 100)
