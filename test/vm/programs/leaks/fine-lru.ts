// A cache that gives up what was not asked for lately, under keys that never end.
const entries: any = {}
let order: string[] = []
function look(key: string): number {
    const at = order.indexOf(key)
    if (at >= 0) order.insert(at, -1)
    else {
        entries[key] = key.length
        if (order.length === 30) {
            const oldest = order.shift()
            delete entries[oldest]
        }
    }
    order.push(key)
    return entries[key]
}
let n = 0
setInterval(() => {
    look("hot")
    look("key " + n)
    look("key " + (n - 7))
    n++
}, 400)
