// Each callback keeps the whole frame it was made in.
const callbacks: (() => number)[] = []
let n = 0
function subscribe(id: number) {
    const payload = "payload of " + id
    const extra = [id, id, id]
    callbacks.push(() => payload.length + extra.length)
}
setInterval(() => {
    subscribe(n++)
    if (n % 100 === 0) console.log("subscribed " + n)
}, 30)
