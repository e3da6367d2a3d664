// The board's own cloud adapter: what is uploaded, and what comes from there.
import { CloudAdapter } from "@devicescript/core"

const cloud = new CloudAdapter()
cloud.onJson.subscribe(told => console.log(`json ${told[0]} ${told[1]}`))
cloud.onBinary.subscribe(told => console.log(`binary ${told[0]} ${told[1].length}`))
console.log("connected", await cloud.connected.read())
await cloud.uploadJson("door", JSON.stringify({ open: true }))
await cloud.uploadBinary("window", hex`01`)
