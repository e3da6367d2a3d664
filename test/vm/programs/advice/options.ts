// A lamp is told what to do by an object of options, twenty times a second.
interface Options {
    pin: number
    level: number
    fade: boolean
}
let light = 0
function set(options: Options): void {
    light = options.fade ? options.level / 2 : options.level + options.pin
}
let n = 0
setInterval(() => {
    n++
    set({ pin: 3, level: n % 100, fade: n % 2 === 0 })
}, 50)
