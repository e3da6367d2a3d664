// Packets are held back for a while: what came first goes out first.
const held: { port: number; at: number; value: number }[] = []
let n = 0
let sent = 0
function receive(port: number, value: number): void {
    held.push({ port, at: n, value }) // here
}
setInterval(() => {
    n++
    receive(n % 8, n % 250)
    receive((n * 3) % 8, (n * 7) % 250)
    while (held.length > 0 && held[0].at < n - 20) {
        const packet = held.shift()
        sent += packet.value * packet.port
    }
}, 100)
