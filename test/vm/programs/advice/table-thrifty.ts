// The same in flash.
const WAVE = hex`00 0c 19 25 31 3c 47 51 5a 62 6a 70 75 7a 7d 7e 7f 7e 7d 7a 75 70 6a 62 5a 51 47 3c 31 25 19 0c`
let at = 0
let out = 0
setInterval(() => {
    at = (at + 1) & 31
    out = WAVE[at]
}, 500)
