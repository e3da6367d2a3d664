import { sleep } from "@devicescript/core"
while (true) await sleep(600000)
