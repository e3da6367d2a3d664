// The end of a journal, at most 600 characters.
let journal = ""
let n = 0
setInterval(() => {
    journal = (journal + "order " + n++ + "\n").slice(-600)
}, 300)
