let newest: any
let n = 0
setInterval(() => {
    newest = { before: newest, id: n++ } // here
}, 100)
