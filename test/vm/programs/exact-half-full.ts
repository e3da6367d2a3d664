import { sleep } from "@devicescript/core"
import "../../../devs/agent/start"
// Keeps about half of a heap of 40 kB in use, and goes on making and dropping things.
interface Reading {
    id: number
    text: string
    samples: number[]
}
const kept: Reading[] = []
for (let id = 0; id < 50; id++) {
    const samples: number[] = []
    for (let i = 0; i < 12; i++) samples.push(id * i + 0.5)
    kept.push({ id, text: `reading ${id} of many`, samples })
}
for (let turn = 0; ; turn++) {
    const id = turn % 50
    kept[id] = { id, text: `reading ${id} again, ${turn}`, samples: kept[id].samples.slice(0) }
    if (turn % 7 === 0) Buffer.alloc(turn % 400)
    if (turn % 100 === 0) console.log(`turn ${turn}`)
    await sleep(8)
}
