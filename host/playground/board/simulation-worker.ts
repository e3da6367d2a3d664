import { knownByVm } from "../../link/watch/known-by-vm"
import type { SimulationAnswer, SimulationRequest } from "./simulation-messages"

/** Where the VM is, beside this script. */
const VM = "vm.wasm"

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
    const answer = await fetch(new URL(VM, location.href))
    if (!answer.ok) throw new Error(`${VM} cannot be loaded: ${answer.status}`)
    // By its bytes: not every server of files knows their type.
    const vm = await WebAssembly.compile(await answer.arrayBuffer())
    return knownByVm(vm, () => undefined)
}

async function find(asked: SimulationRequest) {
    const known = await boards
    if (asked.kind === "idle") return known.idle(asked.board)
    if (asked.kind === "start") return known.start(asked.board, asked.program)
    return known.simulated(asked.board, asked.program)
}
