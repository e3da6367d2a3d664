const history: number[] = []
let n = 0
setInterval(() => {
    history.push(n++) // here
}, 50)
