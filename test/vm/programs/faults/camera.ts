// Frames of a camera, kept until somebody comes for them.
const frames: Buffer[] = []
let n = 0
function shoot() {
    const frame = Buffer.alloc(240)
    frame[0] = n++
    frames.push(frame) // here
}
setInterval(shoot, 500)
