// A list by its links: each entry keeps the one before it.
interface Entry {
    value: number
    before: Entry | undefined
}
let newest: Entry | undefined = undefined
let n = 0
setInterval(() => {
    newest = { value: n++, before: newest } // fills
}, 2000)
