// A new list for every entry, with all of the old one in it.
let log: number[] = []
let n = 0
setInterval(() => {
    log = [...log, n++] // fills
}, 1000)
