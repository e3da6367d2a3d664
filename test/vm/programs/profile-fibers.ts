// Allocations of timers and fibers: each starts a path of its own.

let block: Buffer = undefined
function tick(): void {
    block = Buffer.alloc(100) // tick
}
setInterval(tick, 100)
setTimeout(() => {
    block = Buffer.alloc(200) // later
}, 50)
async function work(): Promise<void> {
    block = Buffer.alloc(300) // fiber
}
work.start()
