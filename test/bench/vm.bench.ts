import { buildProgram } from "../../host/compiler/node/build"
import { loadVm } from "../../host/simulator/node/load-vm"
import { run, type RunOptions } from "../../host/simulator/run"
import { packageRoot } from "../../host/base/node/package-root"
import { runBareVm } from "./bare-vm"
import { aim, processor, sideBySide } from "./side-by-side"

const instrumented = loadVm()
const ROUNDS = 3
const LEAKS_GOAL = 1.3

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
            run: processor(() => runBareVm(program, untilMs)),
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
