const lengths: (() => number)[] = []
let n = 0
function receive(id: number) {
    const message = "message number " + id
    // here
    lengths.push(() => message.length)
}
setInterval(() => receive(n++), 50)
