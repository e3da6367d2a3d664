// A text that gets longer by a digit now and then.
let text = ""
let seconds = 0
setInterval(() => {
    seconds++
    text = "up for " + seconds + " s, " + seconds * 50 + " readings"
}, 1000)
