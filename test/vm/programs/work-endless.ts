// A measured part that never ends.
import { sleep } from "@devicescript/core"
console.log("work begins")
for (;;) await sleep(100)
