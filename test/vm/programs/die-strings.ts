// A log kept as one string: each line copies all lines before it.
let journal = ""
let line = 0
setInterval(() => {
    line++
    journal = journal + "line number " + line + "\n"
    if (line % 50 === 0) console.log("lines " + line)
}, 20)
