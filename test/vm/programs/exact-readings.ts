import { sleep } from "@devicescript/core"
// Keeps so many readings, about 250 B each, and goes on making new ones in place of old.
interface Reading {
    id: number
    text: string
    samples: number[]
}

export async function keepReadings(count: number): Promise<void> {
    const kept: Reading[] = []
    for (let id = 0; id < count; id++) {
        const samples: number[] = []
        for (let i = 0; i < 12; i++) samples.push(id * i + 0.5)
        kept.push({ id, text: `reading ${id} of many`, samples })
    }
    for (let turn = 0; ; turn++) {
        const id = turn % count
        const samples = kept[id].samples.slice(0)
        kept[id] = { id, text: `reading ${id} again, ${turn}`, samples }
        if (turn % 7 === 0) Buffer.alloc(turn % 400)
        if (turn % 100 === 0) console.log(`turn ${turn}`)
        await sleep(8)
    }
}
