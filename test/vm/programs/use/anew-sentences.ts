// Every text is another one.
let n = 0
let width = 0
function spaced(word: string): string {
    let shown = ""
    for (let i = 0; i < word.length; i++) shown = shown + word[i] + " "
    return shown
}
setInterval(() => {
    width += spaced("n" + n++).length
}, 100)
