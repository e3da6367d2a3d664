// A page that there is not.
const pages: any = { home: { title: "Home" }, setup: { title: "Setup" } }
const order = ["home", "setup", "about"]
let at = 0
let shown = ""
function show() {
    const page = pages[order[at++]]
    shown = page.title // here
}
setInterval(show, 1000)
