// A thousand calls a second that keep nothing.
let _calls = 0
setInterval(() => {
    _calls++
}, 1)
