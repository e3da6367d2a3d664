// Thirty pictures are compared with each other now and then: all of them are there at once.
let n = 0
let alike = 0
function compare() {
    const pictures: Buffer[] = []
    for (let i = 0; i < 30; i++) {
        const picture = Buffer.alloc(1500)
        picture[i] = n++ & 255
        pictures.push(picture)
    }
    for (let i = 1; i < 30; i++) if (pictures[i][0] === pictures[i - 1][0]) alike++
}
setInterval(compare, 5000)
