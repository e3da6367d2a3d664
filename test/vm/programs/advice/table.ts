// Half a wave as a list of numbers.
const WAVE = [
    0, 12, 25, 37, 49, 60, 71, 81, 90, 98, 106, 112, 117, 122, 125, 126, 127, 126, 125, 122, 117,
    112, 106, 98, 90, 81, 71, 60, 49, 37, 25, 12,
]
let at = 0
let out = 0
setInterval(() => {
    at = (at + 1) & 31
    out = WAVE[at]
}, 500)
