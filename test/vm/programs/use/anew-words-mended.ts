// The same, each kept by its word.
const words = ["open", "shut", "half", "stuck", "away"]
const known: { [word: string]: string } = {}
let n = 0
let width = 0
function spaced(word: string): string {
    let shown = known[word]
    if (shown !== undefined) return shown
    shown = ""
    for (let i = 0; i < word.length; i++) shown = shown + word[i] + " "
    known[word] = shown
    return shown
}
setInterval(() => {
    width += spaced(words[n++ % 5]).length
}, 100)
