import { SeededRandom } from "../../host/base/seeded-random"
import { findBoard } from "../../host/boards/node/find-board"
import { buildProgram } from "../../host/compiler/node/build"
import { packageRoot } from "../../host/base/node/package-root"
import { loadVm } from "../../host/simulator/node/load-vm"
import { loadWorldLibraries } from "../../host/simulator/node/load-world-libraries"
import { run } from "../../host/simulator/run"
import { RunHistory } from "../../host/simulator/time-travel/run-history"
import type { RunMoment } from "../../host/model/run-moment"
import { makeWorld } from "../../host/simulator/world/world"
import { median, promise, sideBySide } from "./side-by-side"

const HOURS = Number(process.env.HEAPSCOPE_BENCH_HOURS ?? 24)
const MOMENTS = 300
const GOAL_MS = 300
const vm = loadVm()
const libraries = loadWorldLibraries()
const board = findBoard("pico")
const program = await buildProgram("devs/station/main.ts", { cwd: packageRoot() })
const random = new SeededRandom(1)
const simulate = (forMs: number, timeTravel?: RunHistory) =>
    run(vm, {
        ...{ program, board, forMs, ...(timeTravel && { timeTravel }) },
        makeWorld: seed => makeWorld({ mode: "made-up", seed, libraries }),
    })

console.log("the station for five simulated minutes")
const cost = await sideBySide(
    { name: "as it is", run: () => simulate(300_000) },
    { name: "kept, to go back", run: () => simulate(300_000, new RunHistory()) },
    5,
)
promise("a run that is kept, to one that is not", cost, 1.2)

console.log(`the station for ${HOURS} simulated hours`)
const history = new RunHistory()
const forMs = HOURS * 3_600_000
const { report } = await simulate(forMs, history)
console.log(
    `  ${history.keyframes.count} keyframes in ${(history.keyframes.bytes / 1e6).toFixed(1)} MB, the door's record in ${(history.log.bytes / 1e6).toFixed(1)} MB; back to ${history.fromMs} ms`,
)
const took = { clock: [] as number[], processor: [] as number[] }
const goTo = (moment: RunMoment) => {
    const [began, before] = [performance.now(), process.cpuUsage()]
    if (!history.goTo(moment)) throw new Error(`${JSON.stringify(moment)} is not met`)
    const { user, system } = process.cpuUsage(before)
    took.processor.push((user + system) / 1000)
    took.clock.push(performance.now() - began)
}
for (let i = 0; i < MOMENTS; i++) {
    const share = random.fraction()
    goTo(
        i % 2 === 0
            ? { kind: "time", atMs: 20 + share * (forMs - 20) }
            : { kind: "allocation", number: 1 + Math.floor(share * report.gc.allocations) },
    )
}
const sorted = took.processor.toSorted((a, b) => a - b)
console.log(
    `  any of ${MOMENTS} moments: ${median(took.processor).toFixed(0)} ms of the processor, 99 of 100 in ${sorted[Math.floor(MOMENTS * 0.99)]!.toFixed(0)}, ${sorted.at(-1)!.toFixed(0)} at most; by the clock ${median(took.clock).toFixed(0)}, ${Math.max(...took.clock).toFixed(0)} at most`,
)
promise(
    `any moment of ${HOURS} hours of the station, to ${GOAL_MS} ms of the processor`,
    sorted.at(-1)! / GOAL_MS,
    1,
)
