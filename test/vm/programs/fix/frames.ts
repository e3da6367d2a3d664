// Frames for a serial display: a header, what is to be shown, a checksum.
let value = 0

function frame(command: number, payload: Buffer): Buffer {
    const out = Buffer.alloc(payload.length + 4)
    out[0] = 0xa5
    out[1] = command
    out[2] = payload.length
    let sum = 0
    for (let i = 0; i < payload.length; i++) {
        out[3 + i] = payload[i]
        sum = (sum + payload[i]) & 0xff
    }
    out[3 + payload.length] = sum
    return out
}

function show(digits: number): void {
    const payload = Buffer.alloc(4)
    for (let i = 3; i >= 0; i--) {
        payload[i] = digits % 10
        digits = Math.floor(digits / 10)
    }
    const whole = frame(0x21, payload)
    console.log(whole.toString("hex"))
}

setInterval(() => {
    value += 37
    show(value)
}, 400)
