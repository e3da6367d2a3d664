// Calls as deep as the VM allows, and as many paths as there are: the most a profile can cost.

let turn = 0
function down(depth: number): number {
    if (depth === 0) return turn
    return down(depth - 1)
}
function fork(depth: number, bits: number): number {
    if (depth === 0) return 1
    return bits & 1 ? fork(depth - 1, bits >> 1) : fork(depth - 1, bits >> 1)
}
setInterval(() => {
    turn = (turn + 7919) & 0xfffff
    down(90)
    fork(40, turn * 104729)
}, 10)
