let journal = ""
let n = 0
setInterval(() => {
    journal = journal + "measured " + n++ + "\n" // here
}, 100)
