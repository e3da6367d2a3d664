// Every page shown listens to the door, and no page ever stops.
import { emitter } from "@devicescript/core"
const door = emitter<boolean>()
let shown = 0
function showPage(id: number) {
    // fills
    door.subscribe(open => {
        if (open) shown = id
    })
}
let pages = 0
setInterval(() => {
    showPage(pages++)
}, 5000)
setInterval(() => {
    door.emit(pages % 2 === 0)
}, 1000)
