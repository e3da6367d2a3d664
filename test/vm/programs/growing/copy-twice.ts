// Two lists grow; one is put behind the other for each report, which goes through it twice.
const doors: number[] = []
const lamps: number[] = []
let reports = 0

setInterval(() => {
    doors.push(doors.length)
    if (doors.length % 2 === 0) lamps.push(doors.length)
}, 60)

setInterval(() => {
    const all = [...doors, ...lamps]
    const odd = all.filter(value => value % 2 === 1)
    reports += odd.length
}, 3000)
