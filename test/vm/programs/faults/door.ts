// Each page of a screen wants to hear of the door, and none ever says that it is gone.
class Door {
    handlers: ((isOpen: boolean) => void)[] = []
    on(handler: (isOpen: boolean) => void) {
        this.handlers.push(handler) // here
    }
}
const door = new Door()
let opened = 0
function showPage(page: number) {
    door.on(isOpen => {
        if (isOpen) opened += page
    })
}
let page = 0
setInterval(() => showPage(page++), 250)
