const history: number[] = []
let n = 0
setInterval(() => {
    history.push(n++)
    if (history.length > 500) history.shift()
}, 50)
