// Prints a number ten times a second, one more each time.
import { sleep } from "@devicescript/core"

let count = 0
while (true) {
    console.log(`count ${++count}`)
    await sleep(100)
}
