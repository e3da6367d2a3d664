import { knownByVm } from "../../link/watch/known-by-vm"
import { fetchVm } from "../site-files"
import type { SimulationAnswer, SimulationRequest } from "./simulation-messages"

const boards = load()
let turn: Promise<unknown> = boards.catch(() => undefined)

addEventListener("message", ({ data }: MessageEvent<SimulationRequest>) => {
    turn = turn.then(async () => {
        const answer = await find(data).then(
            (found): SimulationAnswer => ({ found }),
            (error: Error): SimulationAnswer => ({ failed: error.message }),
        )
        postMessage(answer)
    })
})

async function load() {
    return knownByVm(await fetchVm(), () => undefined)
}

async function find(asked: SimulationRequest) {
    const known = await boards
    if (asked.kind === "idle") return known.idle(asked.board)
    if (asked.kind === "start") return known.start(asked.board, asked.program)
    return known.simulated(asked.board, asked.program)
}
