// A timer for every guest, which goes on when the guest has left.
let waits = 0
function seat(minutes: number) {
    // fills
    setInterval(() => {
        waits += minutes
    }, 60000)
}
let guests = 0
setInterval(() => seat(++guests), 8000)
