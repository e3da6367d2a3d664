// The last fifty readings of a sensor, an object each, some of them alarms.
class Reading {
    constructor(
        public at: number,
        public value: number,
        public isAlarm: boolean,
        public isChecked: boolean,
    ) {}
}
const last: Reading[] = []
let n = 0
setInterval(() => {
    const reading = new Reading(n % 1000, (n * 37) % 200, n % 7 === 0, false)
    if (last.length < 50) last.push(reading)
    else last[n % 50] = reading
    n++
}, 100)
