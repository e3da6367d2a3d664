// How a word is shown: in spaced letters. There are five words.
const words = ["open", "shut", "half", "stuck", "away"]
let n = 0
let width = 0
function spaced(word: string): string {
    // here
    let shown = ""
    for (let i = 0; i < word.length; i++) shown = shown + word[i] + " "
    return shown
}
setInterval(() => {
    width += spaced(words[n++ % 5]).length
}, 100)
