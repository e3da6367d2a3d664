// It counts how often it was asked: a result that is kept would not.
let asked = 0
let n = 0
let letters = 0
const words = ["open", "shut", "half"]
function spaced(word: string): string {
    asked++
    let shown = ""
    for (let i = 0; i < word.length; i++) shown = shown + word[i] + " "
    return shown
}
setInterval(() => {
    letters += spaced(words[n++ % 3]).length + asked
}, 100)
