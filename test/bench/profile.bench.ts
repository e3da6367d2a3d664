import { adviseRun } from "../../host/tasks/advice-run"
import { buildProgram } from "../../host/compiler/node/build"
import { loadVm } from "../../host/simulator/node/load-vm"
import { profileRun } from "../../host/tasks/profile-run"
import { run } from "../../host/simulator/run"
import { packageRoot } from "../../host/base/node/package-root"
import { promise, sideBySide } from "./side-by-side"

const vm = loadVm()
const PROGRAMS = [
    { entry: "devs/station/main.ts", minutes: 60 },
    { entry: "test/vm/programs/live-objects.ts", minutes: 20 },
    { entry: "test/vm/programs/profile-deep.ts", minutes: 2 },
    { entry: "devs/station/wasteful.ts", minutes: 2 },
    { entry: "test/vm/programs/live-sawtooth.ts", minutes: 20 },
]

for (const { entry, minutes } of PROGRAMS) {
    const program = await buildProgram(entry, { cwd: packageRoot() })
    const options = {
        program,
        board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
        forMs: minutes * 60_000,
    }
    console.log(`${entry} for ${minutes} simulated minutes`)
    const plain = { name: "simulated and reported", run: () => run(vm, options) }
    const profiling = await sideBySide(plain, {
        name: "and every allocation charged to its call path",
        run: () => profileRun(vm, options),
    })
    promise("profiling costs little", profiling, 2)
    const advising = await sideBySide(plain, {
        name: "and followed for advice",
        run: () => adviseRun(vm, options),
    })
    promise("so does advice", advising, 2)
}
