const last: any[] = []
let n = 0
setInterval(() => {
    last.push({ id: n++ })
    if (last.length > 50) last.shift()
}, 100)
