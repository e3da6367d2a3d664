// The same by arguments.
let light = 0
function set(pin: number, level: number, fade: boolean): void {
    light = fade ? level / 2 : level + pin
}
let n = 0
setInterval(() => {
    n++
    set(3, n % 100, n % 2 === 0)
}, 50)
