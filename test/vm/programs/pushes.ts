// A queue that is asked for more than was put in, and the list that some of it is from.
const queue: number[] = []
const others: number[] = []
for (let i = 0; i < 8; i++) queue.push(i)
others.push(1, 2, 3)
queue.pushRange(others)
queue.push(8, 9, 10)
for (let i = 0; i < 19; i++) queue.shift()
console.log(`${queue.length} and ${others.length} are left`)
