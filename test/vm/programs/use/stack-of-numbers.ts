// A stack: what comes last goes first.
const stack: number[] = []
let n = 0
let done = 0
setInterval(() => {
    for (let i = 0; i < 20; i++) stack.push(1.5 * n++)
    while (stack.length > 10) done += stack.pop()
}, 100)
