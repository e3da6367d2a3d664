import { millis } from "@devicescript/core"
// A list by hand: each entry knows the one after it.
class Entry {
    next: Entry
    at: number
    constructor(at: number) {
        this.at = at
    }
}
const oldest = new Entry(0)
let newest = oldest
setInterval(() => {
    const entry = new Entry(millis()) // here
    newest.next = entry
    newest = entry
}, 100)
