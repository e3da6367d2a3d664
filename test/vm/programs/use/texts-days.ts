// Names that never change.
// here
const NAMES = [
    "Monday 0",
    "Monday 1",
    "Monday 2",
    "Monday 3",
    "Monday 4",
    "Monday 5",
    "Monday 6",
    "Monday 7",
    "Monday 8",
    "Monday 9",
    "Monday 10",
    "Monday 11",
    "Monday 12",
    "Monday 13",
    "Monday 14",
    "Monday 15",
    "Monday 16",
    "Monday 17",
    "Monday 18",
    "Monday 19",
    "Monday 20",
    "Monday 21",
    "Monday 22",
    "Monday 23",
    "Monday 24",
    "Monday 25",
    "Monday 26",
    "Monday 27",
    "Monday 28",
    "Monday 29",
    "Monday 30",
    "Monday 31",
    "Monday 32",
    "Monday 33",
    "Monday 34",
    "Monday 35",
    "Monday 36",
    "Monday 37",
    "Monday 38",
    "Monday 39",
]
let n = 0
let letters = 0
setInterval(() => {
    letters += NAMES[n++ % 40].length
}, 100)
