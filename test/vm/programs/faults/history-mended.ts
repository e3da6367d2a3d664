import { millis } from "@devicescript/core"
// The last entries, in a list.
class Entry {
    at: number
    constructor(at: number) {
        this.at = at
    }
}
const last: Entry[] = []
setInterval(() => {
    last.push(new Entry(millis()))
    if (last.length > 50) last.shift()
}, 100)
