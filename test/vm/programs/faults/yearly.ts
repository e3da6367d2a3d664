// Works once a day.
let done = 0
function work() {
    const list: number[] = []
    for (let i = 0; i < 100; i++) list.push(i)
    done += list.length
}
setInterval(work, 86400000)
