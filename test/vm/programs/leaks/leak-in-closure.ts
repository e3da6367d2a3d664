// The list is a local that only functions know.
function counter() {
    const seen: number[] = []
    return (value: number) => {
        seen.push(value) // fills
        return seen.length
    }
}
const count = counter()
setInterval(() => {
    count(7)
}, 700)
