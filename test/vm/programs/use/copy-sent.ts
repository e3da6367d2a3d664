// A message is put together, and handed on with its check in it.
const head = Buffer.alloc(8)
let n = 0
let sent = 0
function send(message: Buffer) {
    message[7] = n & 255
    sent += message[0] + message[7]
}
setInterval(() => {
    n++
    send(head.slice(0, 8))
}, 50)
