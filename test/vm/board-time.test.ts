import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { buildProgram } from "../../host/compiler/node/build"
import { findCli } from "../../host/compiler/node/cli-package"
import { extractVm } from "../../host/simulator/instrument/vm-source"
import { Machine, type MachineHooks } from "../../host/simulator/machine"
import { emptyWorld } from "../../host/simulator/world/empty-world"
import { listLessons } from "../../host/tasks/lesson/catalogue"
import { measureWork, WORK_BEGINS, WORK_ENDS } from "../../host/tasks/lesson/measure"
import { BOARD_TIME_PROGRAMS, programText } from "./board-time-programs"
import { fromRoot, vm } from "./harness"

const isLong = process.env["HEAPSCOPE_BOARD_TIME"] === "all"
const names = Object.keys(BOARD_TIME_PROGRAMS)
/** The share of the ordinary run: one of running, one of allocating. */
const SHARE = ["buffer fields", "objects dropped"]
const CYCLES_A_MS = 125_000
const MOST_OFF = 0.15
const HEAP_BYTES = 65_536
const LEAST_CORRELATION = 0.95
/** Of each program's runs on the bare VM the quickest counts. */
const ROUNDS = 40

const folder = mkdtempSync(fromRoot("devs", ".board-time-"))
afterAll(() => rmSync(folder, { recursive: true }))

async function built(name: string) {
    const file = join(folder, `${name.replaceAll(" ", "-")}.ts`)
    writeFileSync(file, programText(BOARD_TIME_PROGRAMS[name]!.code))
    return buildProgram(file, { cwd: folder })
}

test.each(isLong ? names : SHARE)(
    "takes the time that the emulated board took, and the same again: %s",
    async name => {
        const program = await built(name)
        const { work } = measureWork(vm, program, HEAP_BYTES)
        const emulatedMs = BOARD_TIME_PROGRAMS[name]!.cycles / CYCLES_A_MS
        expect(Math.abs(work.boardTimeMs / emulatedMs - 1)).toBeLessThan(MOST_OFF)
        expect(measureWork(vm, program, HEAP_BYTES).work).toEqual(work)
    },
)

test.runIf(isLong)(
    "puts pairs of programs in the order of the VM's own time",
    async () => {
        // The ordinary way, and the first other one: by hand, or the structure's. A lesson with a
        // scenario needs its world, which the bare VM has not.
        const alone = listLessons().filter(({ scenario }) => scenario === undefined)
        const twins = alone.map(({ name }): [string, string] => {
            const files = readdirSync(fromRoot("devs/lessons", name))
            const other = files.find(file => file.endsWith(".ts") && file !== "wasteful.ts")!
            return [`${name}/wasteful`, `${name}/${other.slice(0, -".ts".length)}`]
        })
        const others = names.slice(1).map((name, i) => [names[i]!, name] as [string, string])
        const pairs = [...twins, ...others]
        expect(pairs.length).toBeGreaterThanOrEqual(40)
        const programs = new Map<string, Uint8Array>()
        const boardMs = new Map<string, number>()
        for (const name of new Set(pairs.flat())) {
            const program = name.includes("/")
                ? await buildProgram(`devs/lessons/${name}.ts`, { cwd: fromRoot() })
                : await built(name)
            programs.set(name, program.bytecode)
            boardMs.set(name, measureWork(vm, program, HEAP_BYTES).work.boardTimeMs)
        }
        const quickest = new Map<string, number>()
        for (let i = 0; i < ROUNDS; i++)
            for (const [name, bytecode] of programs)
                quickest.set(name, Math.min(quickest.get(name) ?? Infinity, ownTime(bytecode)))
        const ratios = (of: Map<string, number>) => pairs.map(([a, b]) => of.get(a)! / of.get(b)!)
        const correlation = rankCorrelation(ratios(boardMs), ratios(quickest))
        console.log(`rank correlation over ${pairs.length} pairs: ${correlation.toFixed(3)}`)
        expect(correlation).toBeGreaterThanOrEqual(LEAST_CORRELATION)
    },
    600_000,
)

/** Milliseconds of the marked part on the VM as it comes, with nothing observed. */
let bare: WebAssembly.Module | undefined
function ownTime(bytecode: Uint8Array): number {
    bare ??= new WebAssembly.Module(new Uint8Array(extractVm(findCli().bundle)))
    let [begin, end] = [0, 0]
    const nothing = () => undefined
    const hooks: MachineHooks = {
        ...{ allocated: nothing, freeing: nothing, collected: nothing, created: nothing },
        ...{ closureMade: nothing, destroying: nothing, panicking: nothing, pushing: nothing },
        log: text => {
            if (text.includes(WORK_BEGINS)) begin = performance.now()
            if (text.includes(WORK_ENDS)) end = performance.now()
        },
    }
    const machine = new Machine(bare, hooks, emptyWorld(1))
    machine.powerOn()
    machine.deploy(bytecode)
    while (end === 0) {
        const start = Math.floor(machine.clock.nowUs)
        machine.clock.nowUs = start + Math.max(machine.process(), 1)
    }
    return end - begin
}

/** Spearman's: 1 where both put everything in the same order. */
function rankCorrelation(a: number[], b: number[]): number {
    const ranks = (figures: number[]) => {
        const order = figures.map((_, i) => i).sort((i, j) => figures[i]! - figures[j]!)
        const rank: number[] = []
        for (const [position, i] of order.entries()) rank[i] = position
        return rank
    }
    const [x, y] = [ranks(a), ranks(b)]
    const squares = x.reduce((sum, rank, i) => sum + (rank - y[i]!) ** 2, 0)
    return 1 - (6 * squares) / (a.length * (a.length ** 2 - 1))
}
