// The same tasks, their answers in one number.
const DONE = 1
const URGENT = 2
class Task {
    flags = 0
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
    if (i % 3 === 0) task.flags = URGENT
    first = task
}
let open = 0
setInterval(() => {
    open = 0
    for (let task = first; task; task = task.next)
        if ((task.flags & (DONE | URGENT)) === URGENT) open++
}, 1000)
