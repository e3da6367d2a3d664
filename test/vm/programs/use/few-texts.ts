const NAMES = ["off", "on", "auto"]
let n = 0
let letters = 0
setInterval(() => {
    letters += NAMES[n++ % 3].length
}, 50)
