import { buildProgram } from "../../host/vm/build"
import { loadVm } from "../../host/vm/load-vm"
import { profileRun } from "../../host/vm/profile-run"
import { run } from "../../host/vm/run"
import { packageRoot } from "../../host/package-root"
import { promise, sideBySide } from "./side-by-side"

const vm = loadVm()
const PROGRAMS = [
    { entry: "devs/station/main.ts", minutes: 60 },
    { entry: "test/vm/programs/live-objects.ts", minutes: 20 },
    { entry: "test/vm/programs/profile-deep.ts", minutes: 2 },
]

for (const { entry, minutes } of PROGRAMS) {
    const program = await buildProgram(entry, { cwd: packageRoot() })
    const options = {
        program,
        board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
        forMs: minutes * 60_000,
    }
    console.log(`${entry} for ${minutes} simulated minutes`)
    const ratio = await sideBySide(
        { name: "simulated and reported", run: () => run(vm, options) },
        {
            name: "and every allocation charged to its call path",
            run: () => profileRun(vm, options),
        },
    )
    promise("profiling costs little", ratio, 2)
}
