let shown = 0
let timer: number
function show(page: number) {
    clearInterval(timer)
    timer = setInterval(() => {
        shown += page
    }, 60000)
}
let page = 0
setInterval(() => show(page++), 500)
