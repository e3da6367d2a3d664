// Messages of an inbox wait to be read: most are short notices, some alarms with a level and a time.
import { delay } from "@devicescript/core"
//: messages
interface Message {
    kind: string
    zone: number
    level: number
    atSeconds: number
    battery: number
    signal: number
    count: number
    total: number
}
const inbox = new Array<Message>(48)
//|
//- const inbox = Buffer.alloc(6 * 48)
//- let waiting = 0
//.
//: senders
const senders = new Array<string>(48)
//|
//- const names: string[] = []
//- const senders = Buffer.alloc(48)
//.
function receive(n: number): void {
    const sender = `node-${n % 5}`
    //: senders
    senders[n] = sender
    //|
    //- let number = names.indexOf(sender)
    //- if (number < 0) number = names.push(sender) - 1
    //- senders[n] = number
    //.
    //: messages
    const empty = {
        kind: "",
        zone: 0,
        level: 0,
        atSeconds: 0,
        battery: 0,
        signal: 0,
        count: 0,
        total: 0,
    }
    inbox[n] = empty
    if (n % 3 === 0) {
        empty.kind = "alarm"
        empty.level = n % 9
        empty.atSeconds = 3000 + n
    } else if (n % 3 === 1) {
        empty.kind = "battery"
        empty.battery = 50 + (n % 50)
        empty.signal = n % 30
    } else {
        empty.kind = "count"
        empty.count = n
    }
    //|
    //- const at = 6 * waiting++
    //- inbox[at] = n % 3
    //- if (n % 3 === 0) {
    //-     inbox[at + 1] = n % 9
    //-     inbox.setAt(at + 2, "u16", 3000 + n)
    //- } else if (n % 3 === 1) {
    //-     inbox[at + 1] = 50 + (n % 50)
    //-     inbox[at + 2] = n % 30
    //- } else inbox[at + 1] = n
    //.
}
for (let n = 0; n < 48; n++) receive(n)
let read = 0
async function readAll() {
    while (true) {
        await delay(200)
        //: messages
        for (const message of inbox) if (message.kind === "alarm") read += message.level
        //|
        //- for (let at = 0; at < 6 * waiting; at += 6) if (inbox[at] === 0) read += inbox[at + 1]
        //.
        //: senders
        read += senders[read % 48].length
        //|
        //- read += names[senders[read % 48]].length
        //.
    }
}
readAll.start()
