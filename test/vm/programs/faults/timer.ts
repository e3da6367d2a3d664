let shown = 0
function show(page: number) {
    // here
    setInterval(() => {
        shown += page
    }, 60000)
}
let page = 0
setInterval(() => show(page++), 500)
