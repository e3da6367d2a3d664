import { buildProgram } from "../../host/compiler/node/build"
import { findCli } from "../../host/compiler/node/cli-package"
import { loadVm } from "../../host/simulator/node/load-vm"
import { Machine, type MachineHooks } from "../../host/simulator/machine"
import { run } from "../../host/simulator/run"
import { emptyWorld } from "../../host/simulator/world/empty-world"
import { extractVm } from "../../host/simulator/instrument/vm-source"
import { packageRoot } from "../../host/base/node/package-root"
import { promise, sideBySide } from "./side-by-side"

const MINUTES = 60
const program = await buildProgram("devs/station/main.ts", { cwd: packageRoot() })
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
    panicking: ignore,
    log: ignore,
}

console.log(`the station for ${MINUTES} simulated minutes`)
const ratio = await sideBySide(
    {
        name: "the VM as it comes, nothing observed",
        run: () => {
            const machine = new Machine(plain, deaf, emptyWorld(1))
            machine.powerOn()
            machine.deploy(program.bytecode)
            while (machine.clock.nowUs < MINUTES * 60e6) {
                const start = Math.floor(machine.clock.nowUs)
                machine.clock.nowUs = start + Math.max(machine.process(), 1)
            }
        },
    },
    {
        name: "instrumented: every allocation followed, sampled, reported",
        run: () =>
            run(instrumented, {
                program,
                board: { id: "pico", chip: "rp2040", heapBytes: 65_536 },
                forMs: MINUTES * 60_000,
            }),
    },
)
promise("observing costs little", ratio, 1.5)
