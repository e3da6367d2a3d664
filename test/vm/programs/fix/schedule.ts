// When the heating goes on and off. The week's entries are made at the start.
interface Entry {
    day: number
    hour: number
    minute: number
    on: boolean
}

const entries: Entry[] = []

function add(day: number, hour: number, minute: number, on: boolean): void {
    entries.push({ day, hour, minute, on })
}

for (let day = 0; day < 7; day++) {
    add(day, day < 5 ? 6 : 8, 30, true)
    add(day, 9, 0, false)
    add(day, 17, 15, true)
    add(day, 22, 45, false)
}

let time = 0
let heating = false
setInterval(() => {
    const day = Math.floor(time / 1440) % 7
    const hour = Math.floor(time / 60) % 24
    const minute = time % 60
    for (const entry of entries) {
        if (entry.day === day && entry.hour === hour && entry.minute === minute) {
            heating = entry.on
            console.log(`day ${day} ${hour}:${minute} heating ${heating ? "on" : "off"}`)
        }
    }
    time += 15
}, 50)
