// Nothing to be said: numbers in locals, readings in one buffer, no text.
const readings = Buffer.alloc(128)
let at = 0
let sum = 0
setInterval(() => {
    const value = (at * 31) & 0xff
    sum += value - readings[at]
    readings[at] = value
    at = (at + 1) & 127
}, 20)
