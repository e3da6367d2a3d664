import { sleep } from "@devicescript/core"
import "../../../devs/agent/start"
while (true) await sleep(600000)
