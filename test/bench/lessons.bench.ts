import { listLessons } from "../../host/tasks/lesson/catalogue"
import { eachBetter } from "../../host/tasks/lesson/each-way"
import { measureSpeed } from "../../host/tasks/lesson/speed"
import { buildProgram } from "../../host/compiler/node/build"
import { loadVm } from "../../host/simulator/node/load-vm"
import { promise } from "./side-by-side"

/** The smallest heap of the boards, where collections come most often. Bytes. */
const HEAP = 40 * 1024

const vm = loadVm()
console.log("each lesson's whole work on the VM, collections included, its programs in turn")
let worst = { name: "", ratio: 0 }
for (const { name, programs } of listLessons()) {
    const { structure } = programs
    const built = {
        wasteful: await buildProgram(programs.wasteful),
        byHand: await buildProgram(programs.byHand),
        ...(structure !== undefined && { structure: await buildProgram(structure) }),
    }
    const { ms, rounds } = measureSpeed(vm, built, HEAP)
    const ratios = eachBetter(ms, time => time / ms.wasteful)
    const shown = Object.entries(ratios).map(([way, ratio]) => `${way} ${ratio.toFixed(2)}`)
    console.log(
        `  ${name.padEnd(16)} ${ms.wasteful.toFixed(2).padStart(6)} ms the ordinary way, ` +
            `${shown.join(", ")} (${rounds} rounds)`,
    )
    if (ratios.byHand > worst.ratio) worst = { name, ratio: ratios.byHand }
}
console.log(`  the slowest by hand is ${worst.name}: ${worst.ratio.toFixed(2)}`)
promise("no program by hand is slower than the ordinary way", worst.ratio, 1.3)
