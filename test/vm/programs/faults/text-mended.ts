let journal = ""
let n = 0
setInterval(() => {
    journal = journal + "measured " + n++ + "\n"
    if (journal.length > 2000) journal = journal.slice(journal.length - 1000)
}, 100)
