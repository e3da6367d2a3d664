// Counts the checks that fail, and goes on.
let n = 0
let failed = 0
function check() {
    if (++n % 50 === 0) failed++
}
setInterval(check, 500)
