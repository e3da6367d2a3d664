// A page that there is not is passed over.
const pages: any = { home: { title: "Home" }, setup: { title: "Setup" } }
const order = ["home", "setup", "about"]
let at = 0
let shown = ""
function show() {
    const page = pages[order[at++ % 3]]
    if (page) shown = page.title
}
setInterval(show, 1000)
