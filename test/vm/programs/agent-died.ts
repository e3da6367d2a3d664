// Keeps the exception that it dies of.
import "../../../devs/agent/start"
import { keepException, keepReports } from "../../../devs/agent/last"
import * as ds from "@devicescript/core"

await keepReports()
await keepException(async () => {
    await ds.sleep(20_000)
    throw new RangeError("the pump is at 120 %")
})
