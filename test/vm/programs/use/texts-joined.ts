// A list of texts that is written out, and then made longer: it is none that stays.
const names: string[] = [
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]
names.push("eleven")
let n = 0
let letters = 0
setInterval(() => {
    letters += names[n++ % names.length].length
}, 50)
