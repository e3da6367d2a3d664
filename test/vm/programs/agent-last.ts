// Keeps what it reports, holds a little more with each step, and dies of that.
import "../../../devs/agent/start"
import { keepReports } from "../../../devs/agent/last"
import * as ds from "@devicescript/core"

await keepReports()
const held: Buffer[] = []
setInterval(() => {
    held.push(Buffer.alloc(200))
}, 500)
