// Sixteen doors and what is known of each.
interface Door {
    open: boolean
    locked: boolean
    alarm: boolean
    battery: boolean
    tamper: boolean
    reported: boolean
}

const doors: Door[] = []
for (let i = 0; i < 16; i++) {
    doors.push({
        open: false,
        locked: true,
        alarm: false,
        battery: i % 5 === 0,
        tamper: false,
        reported: false,
    })
}

let step = 0
setInterval(() => {
    const door = doors[(step * 7) % 16]
    step++
    door.locked = !door.locked
    if (!door.locked) door.open = step % 3 === 0
    if (door.open && door.battery) door.alarm = true
    let open = 0
    let alarms = 0
    for (const d of doors) {
        if (d.open) open++
        if (d.alarm && !d.reported) {
            alarms++
            d.reported = true
        }
    }
    console.log(`${open} open, ${alarms} new alarms`)
}, 500)
