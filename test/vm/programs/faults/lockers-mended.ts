// Thirty lockers, all in use at once.
const lockers: Buffer[] = []
for (let i = 0; i < 30; i++) {
    lockers.push(Buffer.alloc(1500))
}
let n = 0
setInterval(() => {
    lockers[n % 30][0] = n++ & 255
}, 100)
