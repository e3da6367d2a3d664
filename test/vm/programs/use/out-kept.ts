// What a function returns is kept: each needs an object of its own.
interface Place {
    x: number
    y: number
}
const places: Place[] = []
let next = 0
function placeOf(i: number): Place {
    return { x: i * 3, y: i * 7 }
}
setInterval(() => {
    for (let i = 0; i < 5; i++) {
        places[next] = placeOf(next)
        next = (next + 1) % 40
    }
}, 300)
