// Fifty lockers, all in use at once: more than there is room for.
const lockers: Buffer[] = []
for (let i = 0; i < 50; i++) {
    lockers.push(Buffer.alloc(1500)) // here
}
let n = 0
setInterval(() => {
    lockers[n % 50][0] = n++ & 255
}, 100)
