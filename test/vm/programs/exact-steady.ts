import { sleep } from "@devicescript/core"
import { startMemoryAgent } from "../../../devs/agent"
// Does the same whatever time passes: the agent is there, but has nothing to say.
startMemoryAgent({ intervalMs: 3_600_000 })
const kept: any[] = []
let texts = ""
for (let turn = 1; ; turn++) {
    const numbers: number[] = []
    for (let i = 0; i < turn % 9; i++) numbers.push(i * turn)
    kept[turn % 40] = { turn, numbers, text: `turn ${turn}` }
    texts = kept[turn % 40].text + texts.slice(0, 60)
    if (turn % 10 === 0) console.log(`turn ${turn} of many: ${texts.length}`)
    await sleep(8)
}
