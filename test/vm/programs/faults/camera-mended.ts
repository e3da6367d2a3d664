// The last frames of a camera.
const frames: Buffer[] = []
let n = 0
function shoot() {
    const frame = Buffer.alloc(240)
    frame[0] = n++
    frames.push(frame)
    if (frames.length > 10) frames.shift()
}
setInterval(shoot, 500)
