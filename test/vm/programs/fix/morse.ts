// Says a text in Morse code, by its length of on and off.
const CODES = [
    { letter: "s", code: "..." },
    { letter: "o", code: "---" },
    { letter: "h", code: "...." },
    { letter: "e", code: "." },
    { letter: "l", code: ".-.." },
    { letter: "p", code: ".--." },
    { letter: "m", code: "--" },
]

function codeOf(letter: string): string {
    const entry = CODES.find(one => one.letter === letter)
    return entry ? entry.code : "?"
}

function encode(text: string): string {
    let out = ""
    for (let i = 0; i < text.length; i++) out = out + codeOf(text[i]) + " "
    return out
}

let turn = 0
setInterval(() => {
    console.log(encode(turn % 2 === 0 ? "help me" : "sos"))
    turn++
}, 3000)
