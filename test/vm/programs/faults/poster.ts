// A picture that no heap has room for.
let poster: Buffer
function print() {
    poster = Buffer.alloc(320 * 240) // here
    poster[0] = 1
}
setTimeout(print, 500)
