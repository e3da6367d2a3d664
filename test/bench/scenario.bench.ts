import { checkScenario } from "../../host/api/load-scenario"
import { readRunSettings } from "../../host/api/run-settings"
import { packageRoot } from "../../host/base/node/package-root"
import { buildProgram } from "../../host/compiler/node/build"
import type { ScenarioFile } from "../../host/documents/scenario/scenario"
import { loadVm } from "../../host/simulator/node/load-vm"
import { simulate } from "../../host/simulator/run"
import { promise } from "./side-by-side"

// A scenario costs nothing while nothing happens: two boards go through the same day side by side, a
// minute each in turn, one of them with ten steps. Two days one after the other would measure the machine.

const HOURS = Number(process.env["HEAPSCOPE_BENCH_HOURS"] ?? 24)
const SLICE_MS = 60_000
const vm = loadVm()
const folder = packageRoot()
const program = await buildProgram("devs/station/main.ts", { cwd: folder })

/** A run that is taken a slice at a time, and how long that took. */
class Day {
    private readonly events
    private micros = 0
    private result: Awaited<ReturnType<ReturnType<typeof simulate>["next"]>> | undefined

    constructor(said: ScenarioFile) {
        const whole = { for: `${HOURS}h`, ...said }
        const text = JSON.stringify(whole)
        const scenario = checkScenario("day.json", whole, { text, folder })
        const settings = readRunSettings({ board: "pico", scenario })
        this.events = simulate(vm, { ...settings, program })
    }

    async go(untilMs: number): Promise<void> {
        const before = process.cpuUsage()
        do this.result = await this.events.next()
        while (!this.result.done && this.result.value.atMs < untilMs)
        const { user, system } = process.cpuUsage(before)
        this.micros += user + system
    }

    async end(): Promise<{ seconds: number; done: number }> {
        await this.go(Infinity)
        if (!this.result?.done) throw new Error("it has no end")
        const done = this.result.value.scenario?.steps.filter(({ state }) => state === "done")
        return { seconds: this.micros / 1e6, done: done?.length ?? 0 }
    }
}

const steps = Array.from({ length: 10 }, (_, i) => ({
    at: `${Math.round(((i + 1) * HOURS * 3600) / 11)}s`,
    assert: "live < 60kB",
}))
const plain = new Day({})
const played = new Day({ steps })
for (let untilMs = SLICE_MS; untilMs <= HOURS * 3_600_000; untilMs += SLICE_MS) {
    // Who is first alternates, too: caches are warm for the second.
    const pair = (untilMs / SLICE_MS) % 2 ? [plain, played] : [played, plain]
    for (const day of pair) await day.go(untilMs)
}
const [without, withSteps] = [await plain.end(), await played.end()]
if (withSteps.done !== 10) throw new Error(`${withSteps.done} of 10 steps were done`)
console.log(
    `the station for ${HOURS} h: ${without.seconds.toFixed(1)} s of the processor, with ten steps ${withSteps.seconds.toFixed(1)} s`,
)
promise(
    `the station for ${HOURS} h with ten steps, to without`,
    withSteps.seconds / without.seconds,
    1.05,
)
