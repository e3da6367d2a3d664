// The screen wants to hear of the door once, whatever page it shows.
class Door {
    handlers: ((isOpen: boolean) => void)[] = []
    on(handler: (isOpen: boolean) => void) {
        this.handlers.push(handler)
    }
}
const door = new Door()
let opened = 0
let shown = 0
door.on(isOpen => {
    if (isOpen) opened += shown
})
let page = 0
setInterval(() => {
    shown = page++
}, 250)
