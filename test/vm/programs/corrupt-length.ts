const list: number[] = []
setInterval(() => {
    for (let i = 0; i < 10; i++) list.push(i)
    list.length = 0
    console.log("still " + list.length)
}, 10)
