// Every page listens to the door until the next page is shown.
import { emitter } from "@devicescript/core"
const door = emitter<boolean>()
let shown = 0
let leave: (() => void) | undefined = undefined
function showPage(id: number) {
    if (leave) leave()
    leave = door.subscribe(open => {
        if (open) shown = id
    })
}
let pages = 0
setInterval(() => showPage(pages++), 1500)
setInterval(() => {
    door.emit(pages % 2 === 0)
}, 700)
