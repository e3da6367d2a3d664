// What an MQTT client would publish: a topic and a value each, one for every room.
const ROOMS = ["kitchen", "hall", "cellar", "attic"]
const KINDS = ["temperature", "humidity"]
let turn = 0

function topic(room: string, kind: string): string {
    return "house/" + room + "/" + kind
}

function publish(name: string, value: number): void {
    console.log(name + " = " + value)
}

setInterval(() => {
    turn++
    for (const room of ROOMS) {
        for (const kind of KINDS) {
            publish(topic(room, kind), (turn * 13) % 40)
        }
    }
}, 2000)
