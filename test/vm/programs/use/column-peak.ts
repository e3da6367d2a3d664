// The highest of all water marks, again and again.
interface Mark {
    post: number
    level: number
    hour: number
}
const marks: Mark[] = []
for (let i = 0; i < 72; i++)
    marks.push({ post: i % 12, level: -50 + ((i * 29) % 300), hour: i % 24 }) // here
let peak = 0
setInterval(() => {
    let most = -1000
    for (const mark of marks) {
        if (mark.level > most) most = mark.level
    }
    peak = most
}, 120)
