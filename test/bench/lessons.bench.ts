import { listLessons } from "../../host/tasks/lesson/catalogue"
import { measureSpeed } from "../../host/tasks/lesson/speed"
import { buildProgram } from "../../host/compiler/node/build"
import { loadVm } from "../../host/simulator/node/load-vm"
import { promise } from "./side-by-side"

/** The smallest heap of the boards, where collections come most often. Bytes. */
const HEAP = 40 * 1024

const vm = loadVm()
console.log("each lesson's whole work on the VM, collections included, both twins in turn")
let worst = { name: "", ratio: 0 }
for (const { name, wasteful, efficient } of listLessons()) {
    const speed = measureSpeed(
        vm,
        await buildProgram(wasteful),
        await buildProgram(efficient),
        HEAP,
    )
    const ratio = speed.efficientMs / speed.wastefulMs
    console.log(
        `  ${name.padEnd(16)} ${speed.wastefulMs.toFixed(2).padStart(6)} ms wasteful ` +
            `${speed.efficientMs.toFixed(2).padStart(6)} ms efficient  ${ratio.toFixed(2)} ` +
            `(median ${speed.medianRatio.toFixed(2)} of ${speed.rounds} rounds)`,
    )
    if (ratio > worst.ratio) worst = { name, ratio }
}
console.log(`  the slowest is ${worst.name}: ${worst.ratio.toFixed(2)}`)
promise("no efficient twin is slower than its wasteful one", worst.ratio, 1.3)
