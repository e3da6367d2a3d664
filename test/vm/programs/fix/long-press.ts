// Tells a long press of one of four buttons from a short one.
class Press {
    down: boolean
    since: number
    count: number
    constructor() {
        this.down = false
        this.since = 0
        this.count = 0
    }
}

const presses: Press[] = []
for (let i = 0; i < 4; i++) presses.push(new Press())
let now = 0

function change(button: number, down: boolean): void {
    const press = presses[button]
    if (down) {
        press.down = true
        press.since = now
        return
    }
    press.down = false
    press.count++
    const kind = now - press.since > 5 ? "long" : "short"
    console.log(`${kind} press of button ${button}, number ${press.count}`)
}

setInterval(() => {
    now++
    const button = now % 4
    if (now % 9 === 0) change(button, true)
    if (now % 9 === 3) change((now + 1) % 4, false)
    if (now % 9 === 7) change((now + 1) % 4, false)
}, 100)
