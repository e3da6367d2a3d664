// A journal kept as one string.
let journal = ""
let line = 0
setInterval(() => {
    journal += "order " + line++ + "\n" // fills
}, 1000)
