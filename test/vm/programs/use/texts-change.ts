// Names that somebody changes.
const names = [
    "a room",
    "b room",
    "c room",
    "d room",
    "e room",
    "f room",
    "g room",
    "h room",
    "i room",
    "j room",
    "k room",
    "l room",
    "m room",
    "n room",
    "o room",
    "p room",
    "q room",
    "r room",
    "s room",
    "t room",
    "u room",
    "v room",
    "w room",
    "x room",
    "y room",
    "z room",
    "one",
    "two",
    "three",
    "four",
]
let n = 0
setInterval(() => {
    names[n % 30] = "room " + n
    n++
}, 50)
