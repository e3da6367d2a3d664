// Keeps some 44 kB for good: too much for a heap of 40 KiB. One function never runs.
import { sleep } from "@devicescript/core"

const kept: Buffer[] = []

function never() {
    console.log("never", kept.length)
}

for (let i = 0; i < 44; i++) kept.push(Buffer.alloc(1000))
let round = 0
while (true) {
    console.log(`round ${++round}`)
    if (round < 0) never()
    await sleep(1000)
}
