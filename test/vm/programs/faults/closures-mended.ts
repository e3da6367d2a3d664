const lengths: number[] = []
let n = 0
function receive(id: number) {
    const message = "message number " + id
    lengths.push(message.length)
    if (lengths.length > 50) lengths.shift()
}
setInterval(() => receive(n++), 50)
