let n = 0
setTimeout(() => {
    console.log("looping")
    while (true) {
        n = (n + 1) & 255
    }
}, 300)
