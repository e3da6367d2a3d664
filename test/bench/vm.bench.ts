import { buildProgram } from "../../host/compiler/node/build"
import { findCli } from "../../host/compiler/node/cli-package"
import { loadVm } from "../../host/simulator/node/load-vm"
import { Machine, type MachineHooks } from "../../host/simulator/machine"
import { run, type RunOptions } from "../../host/simulator/run"
import { emptyWorld } from "../../host/simulator/world/empty-world"
import { extractVm } from "../../host/simulator/instrument/vm-source"
import { packageRoot } from "../../host/base/node/package-root"
import { aim, sideBySide } from "./side-by-side"

const instrumented = loadVm()
const plain = new WebAssembly.Module(new Uint8Array(extractVm(findCli().bundle)))
const ignore = () => undefined
const deaf: MachineHooks = {
    allocated: ignore,
    freeing: ignore,
    collected: ignore,
    closureMade: ignore,
    created: ignore,
    destroying: ignore,
    pushing: ignore,
    panicking: ignore,
    log: ignore,
}
const ROUNDS = 3
const LEAKS_GOAL = 1.3

/** An action that tells the milliseconds of a processor it took, V8's own threads included. */
function processor(action: () => unknown): () => Promise<number> {
    return async () => {
        const began = process.cpuUsage()
        await action()
        const { user, system } = process.cpuUsage(began)
        return (user + system) / 1000
    }
}

const board = { id: "pico", chip: "rp2040", heapBytes: 65_536 }
/** Long enough for both to run as V8 makes them in the end: what its compilers take is told by `start`. */
const PROGRAMS = [
    { name: "station", entry: "devs/station/main.ts", minutes: 20, goal: 1.2 },
    { name: "idle", entry: "test/bench/programs/idle.ts", minutes: 180, goal: 1.5 },
    { name: "busy", entry: "test/bench/programs/busy.ts", minutes: 1, goal: 1.4 },
    { name: "leak to death", entry: "test/bench/programs/leak.ts", minutes: 240, goal: 3 },
    { name: "many", entry: "test/bench/programs/many.ts", minutes: 5, goal: 4 },
]

for (const { name, entry, minutes, goal } of PROGRAMS) {
    const program = await buildProgram(entry, { cwd: packageRoot() })
    // Until it dies, if it does.
    const forMs = minutes * 60_000
    const { outcome } = (await run(instrumented, { program, board, forMs })).report
    const untilMs = outcome.atMs ?? forMs
    console.log(`${name} for ${(untilMs / 60_000).toFixed(0)} simulated minutes`)
    const followed = (more: Partial<RunOptions>) =>
        processor(async () => {
            const told = (await run(instrumented, { program, board, forMs, ...more })).report
                .outcome
            if (told.kind !== outcome.kind) throw new Error(`${entry} is ${told.kind}`)
        })
    const plainly = {
        name: "every allocation followed, metered, sampled, judged, reported",
        run: followed({}),
    }
    const ratio = await sideBySide(
        {
            name: "the VM as it comes, nothing observed",
            run: processor(() => {
                const machine = new Machine(plain, deaf, emptyWorld(1))
                machine.powerOn()
                machine.deploy(program.bytecode)
                while (machine.clock.nowUs < untilMs * 1000) {
                    const start = Math.floor(machine.clock.nowUs)
                    machine.clock.nowUs = start + Math.max(machine.process(), 1)
                }
            }),
        },
        plainly,
        ROUNDS,
    )
    aim(`\`run()\` to the bare VM: ${name}`, ratio, goal)
    if (name !== "station" && name !== "leak to death") continue
    const withLeaks = await sideBySide(
        plainly,
        { name: "with `leaks`", run: followed({ leaks: true }) },
        ROUNDS,
    )
    aim(`\`--leaks\` to plain: ${name}`, withLeaks, LEAKS_GOAL)
}
