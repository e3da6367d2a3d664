// 40 sensors, each with a state of 3 bits; how many are in alarm is told every 5 seconds.
const SENSORS = 40
const states = Buffer.alloc(SENSORS >> 1)
let tick = 0
let changes = 0

setInterval(() => {
    const sensor = (tick * 7) % SENSORS
    const state = (tick * 5) & 7
    const at = sensor >> 1
    const shift = (sensor & 1) << 2
    if ((((states[at] as number) >> shift) & 15) !== state) changes++
    states[at] = ((states[at] as number) & ~(15 << shift)) | (state << shift)
    tick++
    if (tick % 50 !== 0) return
    let alarms = 0
    for (let i = 0; i < SENSORS; i++)
        if ((((states[i >> 1] as number) >> ((i & 1) << 2)) & 15) > 5) alarms++
    console.log(`${alarms} of ${SENSORS} in alarm after ${changes} changes`)
}, 100)
