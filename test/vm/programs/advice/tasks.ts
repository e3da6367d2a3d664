// Tasks in a chain: they refer to each other and have names made at run time, so they stay objects.
class Task {
    done = false
    urgent = false
    repeat = false
    silent = false
    name: string
    next: Task | undefined
    constructor(n: number) {
        this.name = `task ${n}`
    }
}
let first: Task | undefined
for (let i = 0; i < 40; i++) {
    const task = new Task(i)
    task.next = first
    task.urgent = i % 3 === 0
    first = task
}
let open = 0
setInterval(() => {
    open = 0
    for (let task = first; task; task = task.next) if (!task.done && task.urgent) open++
}, 1000)
