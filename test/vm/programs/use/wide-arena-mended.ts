import { Arena } from "../../../../src/arena"
// The rows of a page, in a piece of memory for twenty pages.
const page = new Arena(200) // here
let n = 0
let bytes = 0
setInterval(() => {
    page.clear()
    for (let i = 0; i < 8; i++) bytes += page.allocate(20) + n++
}, 200)
