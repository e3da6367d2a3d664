import { readFileSync } from "node:fs"
import { beforeAll, describe, expect, test } from "vitest"
import { toFoldedStacks } from "../../host/sinks/files/folded-stacks"
import { framesOf } from "../../host/analysis/profile/profile-frames"
import { toHeapProfile, type HeapProfileNode } from "../../host/sinks/files/heap-profile"
import { METRICS, metricOf, noCost, ORDERS, type Cost } from "../../host/documents/cost"
import { figureOf, type CallNode, type ProfileReport } from "../../host/documents/profile-report"
import { AllocationProfiler } from "../../host/simulator/observers/allocation-profiler"
import { addBoardTime, noBoardTime, type BoardTime } from "../../host/model/board-time"
import { SourceMap } from "../../host/model/program/source-map"
import { SourceFrames } from "../../host/model/program/source-frames"
import type { AllocationListener } from "../../host/simulator/simulated-board"
import { foldProfile } from "../../host/analysis/profile/fold-profile"
import { ROOT } from "../../host/analysis/profile/path-tree"
import { Places } from "../../host/analysis/profile/source-places"
import { ACTIVATION, CTX } from "../../host/model/heap/layout"
import { profileRun, type ProfiledRun } from "../../host/tasks/profile-run"
import { COMPILE_TIMEOUT_MS } from "../host/compiler/node/build-project"
import { build, fromRoot, runProgram, vm } from "./harness"

const HEAP_BYTES = 65_536

async function profileProgram(name: string, forMs = 20_000, heapBytes = HEAP_BYTES) {
    const board = { id: "test", chip: "rp2040", heapBytes }
    return profileRun(vm, { program: await build(name), board, forMs })
}

function add(costs: Cost[]): Cost {
    const sum = (pick: (cost: Cost) => number) => costs.reduce((all, cost) => all + pick(cost), 0)
    return {
        bytes: sum(cost => cost.bytes),
        allocations: sum(cost => cost.allocations),
        liveBytes: sum(cost => cost.liveBytes),
        liveBlocks: sum(cost => cost.liveBlocks),
    }
}

function addTimes(times: BoardTime[]): BoardTime {
    const sum = noBoardTime()
    for (const time of times) addBoardTime(sum, time)
    return sum
}

function nodesOf(node: CallNode): CallNode[] {
    return [node, ...node.children.flatMap(nodesOf)]
}

/** Costs of a program's places: by the comment a line ends with, and of functions by name. */
async function costsOf(name: string) {
    const file = `test/vm/programs/${name}.ts`
    const { profile } = await profileProgram(name)
    const source = readFileSync(fromRoot(file), "utf8").split("\n")
    const { debug } = await build(name)
    return {
        profile,
        line(comment: string) {
            const line = 1 + source.findIndex(text => text.endsWith(`// ${comment}`))
            const found = profile.lines.find(cost => cost.file === file && cost.line === line)
            if (!found) throw new Error(`nothing is charged to the line of ${comment}`)
            return found
        },
        function(wanted: string) {
            return profile.functions.find(cost => cost.function === wanted)!
        },
        /** Size of a function's call frame: `devs_activation_t`. */
        frame(wanted: string) {
            return 24 + 8 * debug!.functions.find(f => f.name === wanted)!.slots.length
        },
    }
}

/** Bytes of a block that holds `size` bytes after its header. */
const block = (size: number) => (4 + size + 3) & ~3
const buffer = (size: number) => block(8 + size)
const ARRAY = 16

describe("by construction:", () => {
    test("recursion is charged to the line that calls, and once to the function", async () => {
        const { line, frame, profile, ...costs } = await costsOf("profile-calls")
        const call = frame("fill")
        expect(line("start of recursion").own).toMatchObject({ bytes: 10 * call, allocations: 10 })
        expect(line("deeper").own).toMatchObject({ bytes: 40 * call, allocations: 40 })
        const made = 50 * (ARRAY + block(8))
        expect(line("made").own).toMatchObject({ bytes: made, allocations: 100, liveBytes: 0 })
        expect(costs.function("fill").total.bytes).toBe(40 * call + made)
        const chain = nodesOf(profile.tree).filter(node => node.function === "fill")
        expect(chain).toHaveLength(5)
        chain.slice(1).forEach((node, i) => expect(chain[i]!.children).toContain(node))
    })

    test("a closure keeps the frame its maker's caller paid for", async () => {
        const { line, frame } = await costsOf("profile-calls")
        const frames = line("keep").types.activation
        expect(frames).toEqual({
            ...{ bytes: 10 * frame("counter"), allocations: 10 },
            ...{ liveBytes: 10 * frame("counter"), liveBlocks: 10 },
        })
        expect(line("captured").types.buffer).toMatchObject({
            bytes: 10 * buffer(100),
            liveBytes: 10 * buffer(100),
        })
        expect(line("closure").own).toEqual(noCost())
    })

    test("what a library allocates is its caller's own, and the library's self", async () => {
        const { line, frame, ...costs } = await costsOf("profile-calls")
        const library = line("library")
        const data = 10 * block(8 * 4)
        const own = 10 * frame("map") + 40 * frame("label") + 10 * ARRAY + data
        expect(library.own).toMatchObject({ bytes: own, allocations: 10 + 40 + 10 + 10 })
        expect(library.self).toMatchObject({ bytes: 10 * frame("map"), allocations: 10 })
        expect(costs.function("map")).toMatchObject({
            library: true,
            self: { bytes: own - 10 * frame("map") },
        })
        const made = 10 * (buffer(1) + buffer(2) + buffer(3) + buffer(4))
        expect(line("callback").own).toMatchObject({ bytes: made, allocations: 40 })
    })

    test("a callback on its caller's line is told apart by function", async () => {
        const { line, ...costs } = await costsOf("profile-calls")
        expect(line("one line").types.buffer).toMatchObject({ bytes: 40 * buffer(20) })
        expect(costs.function("inline").self).toMatchObject({ bytes: 40 * buffer(20) })
    })

    test("the array of a rest parameter is made before the first instruction, and still its own", async () => {
        const { line, frame, ...costs } = await costsOf("profile-calls")
        const arrays = { bytes: 10 * (ARRAY + block(24)), allocations: 20 }
        expect(costs.function("rest").self).toMatchObject(arrays)
        expect(line("rest").own).toMatchObject({ bytes: 10 * frame("rest"), allocations: 10 })
    })

    test("an exception thrown by a function's last instruction is not the next one's", async () => {
        const { line, ...costs } = await costsOf("profile-calls")
        expect(line("throws").types.map).toMatchObject({ bytes: 160, allocations: 10 })
        expect(costs.function("throws").self.bytes).toBe(line("throws").own.bytes)
        expect(costs.function("after").self).toMatchObject({ bytes: 10 * buffer(8) })
    })

    test("class fields are their own lines', and their frame is whose super() it is", async () => {
        const { line, ...costs } = await costsOf("profile-objects")
        expect(line("field").types).toMatchObject({
            array: { bytes: 10 * ARRAY, liveBytes: 10 * ARRAY },
        })
        expect(line("second field").types.buffer).toMatchObject({ liveBytes: 10 * buffer(20) })
        const load = line("field of the subclass").types.buffer
        expect(load).toMatchObject({ liveBytes: 10 * buffer(40), allocations: 10 })
        expect(costs.function("Cart").total.bytes).toBeGreaterThan(
            costs.function("Cart").self.bytes,
        )
    })

    test("a growing string is made anew at every append", async () => {
        const { line } = await costsOf("profile-objects")
        const { own, types } = line("append")
        // 20 texts of 10 to 200 characters; the first is the literal in flash.
        expect(own).toMatchObject({ allocations: 19, liveBlocks: 1 })
        expect(types.string).toBeDefined()
        expect(own.liveBytes).toBeGreaterThanOrEqual(block(2 + 200 + 1))
    })

    test("a growing array allocates each capacity it passes", async () => {
        const { line } = await costsOf("profile-objects")
        const data: number[] = []
        // A quarter more than what is asked for, 4 at least (`array_ensure_len`).
        for (let capacity = 0; capacity < 100;) {
            capacity = Math.max(4, Math.floor(((capacity + 1) * 10) / 8))
            data.push(block(8 * capacity))
        }
        const bytes = data.reduce((sum, size) => sum + size)
        expect(line("push").own).toEqual({
            ...{ bytes, allocations: data.length },
            ...{ liveBytes: data.at(-1), liveBlocks: 1 },
        })
    })

    test("so does an object whose entries grow", async () => {
        const { line } = await costsOf("profile-objects")
        const data = [4, 5, 6, 7, 8, 10].map(capacity => block(16 * capacity))
        expect(line("entries").own).toMatchObject({
            bytes: data.reduce((sum, size) => sum + size),
            liveBytes: data.at(-1),
        })
    })

    test("what is replaced is allocated often and live once", async () => {
        const { line } = await costsOf("profile-objects")
        expect(line("replaced").own).toEqual({
            ...{ bytes: 50 * buffer(60), allocations: 50 },
            ...{ liveBytes: buffer(60), liveBlocks: 1 },
        })
    })

    test("timers and fibers are paths of their own", async () => {
        const { line, profile } = await costsOf("profile-fibers")
        const ticks = line("tick").own
        expect(ticks).toMatchObject({ bytes: ticks.allocations * buffer(100), liveBlocks: 1 })
        expect(ticks.allocations).toBe(199)
        expect(line("later").types.buffer).toMatchObject({ bytes: buffer(200), liveBytes: 0 })
        expect(line("fiber").types.buffer).toMatchObject({ bytes: buffer(300), liveBytes: 0 })
        const roots = profile.tree.children.map(child => child.function)
        expect(roots).toEqual(expect.arrayContaining(["main", "work", "timeoutWorker"]))
    })
})

const PROGRAMS = [
    ...["profile-calls", "profile-objects", "profile-fibers"],
    ...["live-objects", "live-restarts", "live-fibers", "live-timers", "die-leak", "die-map"],
    ...["die-exception", "die-overflow", "devs/station/main.ts", "devs/station/wasteful.ts"],
]

describe.each(PROGRAMS)("%s", name => {
    let profiled: ProfiledRun
    beforeAll(async () => {
        profiled = await profileProgram(name, 100_000, name === "die-map" ? 16_384 : HEAP_BYTES)
    }, COMPILE_TIMEOUT_MS)

    test("none is lost: every way to add it up gives the run's own figures", () => {
        const { profile, report } = profiled
        const { total, lines, functions, tree } = profile
        expect(total).toMatchObject({
            bytes: report.gc.allocatedBytes,
            allocations: report.gc.allocations,
            liveBytes: report.heap.liveBytes,
        })
        expect(add(lines.map(line => line.own))).toEqual(total)
        expect(add(lines.map(line => line.self))).toEqual(total)
        expect(add(lines.flatMap(line => Object.values(line.types)))).toEqual(total)
        expect(add(functions.map(cost => cost.self))).toEqual(total)
        expect(tree.total).toEqual(total)
        expect(add(nodesOf(tree).flatMap(node => node.sites))).toEqual(total)
        expect(JSON.stringify(profile)).not.toContain("other paths")
    })

    test("so is no time: every line and function has its own", () => {
        const { profile, report, texts } = profiled
        const { lines, functions } = profile
        expect(report.boardTime.ms).toBeGreaterThan(0)
        expect(profile.boardTime).toEqual(report.boardTime)
        expect(addTimes(lines.map(line => line.boardTime))).toEqual(report.boardTime)
        expect(addTimes(functions.map(cost => cost.boardTime))).toEqual(report.boardTime)
        for (const { boardTime } of [...lines, ...functions])
            for (const ms of Object.values(boardTime) as number[])
                expect(ms).toBeGreaterThanOrEqual(0)
        // Two who count apart, the VM by instruction and who listens to allocations by open calls. They
        // part at the array of rest parameters alone, which a class without a constructor of its own has,
        // too: it is made while the caller's instruction runs.
        for (const { place, file, line, self, boardTime } of lines) {
            if (file === undefined) continue
            if (boardTime.allocatingMs > 0) expect(self.allocations, place).toBeGreaterThan(0)
            else if (self.allocations > 0) {
                const upTo = texts.get(file)!.split("\n").slice(0, line)
                expect(upTo.slice(-2).join("\n"), place).toMatch(/\(\.\.\.|class /)
            }
        }
    })

    test("so do the exports", () => {
        const { profile } = profiled
        for (const by of METRICS) {
            const root = framesOf(profile.tree, by)
            const all = metricOf(profile.total, by)
            const folded = toFoldedStacks(root).trimEnd().split("\n")
            const values = folded.map(line => Number(/^.+ (\d+)$/.exec(line)![1]))
            expect(values.reduce((sum, value) => sum + value)).toBe(all)
            const { head, samples } = toHeapProfile(root)
            expect(samples.reduce((sum, sample) => sum + sample.size, 0)).toBe(all)
            const selfSize = (node: HeapProfileNode): number =>
                node.children.reduce((sum, child) => sum + selfSize(child), node.selfSize)
            expect(selfSize(head)).toBe(all)
        }
    })
})

/** The document, without the one part that may differ. */
const documentOf = ({ profile }: ProfiledRun): Omit<ProfileReport, "wall"> => ({
    ...profile,
    ...{ wall: undefined },
})

test("profiling changes nothing of the run, and gives the same twice", async () => {
    const name = "live-objects"
    const plain = await runProgram(name, { forMs: 20_000 })
    const [first, second] = [await profileProgram(name), await profileProgram(name)]
    expect({ ...first.report, wall: undefined }).toEqual({ ...plain.report, wall: undefined })
    expect(first.instructions).toBe(plain.instructions)
    expect(documentOf(first)).toEqual(documentOf(second))
})

/** Paths as text, found by walking the VM's whole chain of frames at every allocation. */
function walkedPaths(): { listener: AllocationListener; bytes: Map<string, number> } {
    const bytes = new Map<string, number>()
    const listener: AllocationListener = (words, ctx, tag, size) => {
        const pcs: number[] = []
        let frame = ctx === 0 ? 0 : words[(ctx + CTX.currFn) >>> 2]!
        for (; frame !== 0; frame = words[(frame + ACTIVATION.caller) >>> 2]!) {
            const pc = words[(frame + ACTIVATION.pc) >>> 2]! & 0xffff
            const start = words[words[(frame + ACTIVATION.func) >>> 2]! >>> 2]!
            pcs.unshift(pc === start ? pc : pc - 1)
        }
        const path = `${pcs.join()} ${tag & 15}`
        bytes.set(path, (bytes.get(path) ?? 0) + size)
    }
    return { listener, bytes }
}

test.each([
    ...["profile-calls", "profile-fibers", "profile-deep", "live-fibers", "live-objects"],
    ...["live-restarts", "die-closures", "die-exception", "devs/station/wasteful.ts"],
])("%s: every path is the one a walk of all frames finds", async name => {
    const { listener, bytes } = walkedPaths()
    const { paths, allocated } = new AllocationProfiler()
    await runProgram(name, {
        forMs: name === "profile-deep" ? 2000 : 20_000,
        observers: [listener, allocated],
    })
    const found = new Map<string, number>()
    for (let leaf = 0; leaf < paths.size; leaf++) {
        if (!paths.isLeaf(leaf)) continue
        const pcs: number[] = []
        for (let node = paths.parents[leaf]!; node !== ROOT; node = paths.parents[node]!)
            pcs.unshift(paths.labels[node]!)
        found.set(`${pcs.join()} ${paths.typeOf(leaf)}`, paths.bytes[leaf]!)
    }
    expect(found).toEqual(bytes)
})

test("paths beyond what the tree holds are cut, and the sums stay", async () => {
    const profiler = new AllocationProfiler(500)
    const { report } = await runProgram("profile-deep", {
        forMs: 20_000,
        observers: [profiler.allocated],
    })
    const { debug, sourceFolder } = await build("profile-deep")
    const places = new Places(new SourceFrames(SourceMap.of(debug!), sourceFolder))
    const figures = foldProfile(
        profiler.paths,
        { live: profiler.live([]) },
        [],
        places,
        "allocated",
    )
    expect(figures.total.bytes).toBe(report.gc.allocatedBytes)
    expect(add(figures.lines.map(line => line.own)).bytes).toBe(report.gc.allocatedBytes)
    const others = figures.tree.children.find(child => child.function === "(other paths)")
    expect(others!.children.map(child => child.function)).toContain("fork")
    expect(profiler.paths.size).toBeLessThan(600)
})

test("without debug information the sums still hold, and places are program counters", async () => {
    const program = { ...(await build("profile-objects")), debug: undefined, sourceFolder: "" }
    const board = { id: "test", chip: "rp2040", heapBytes: HEAP_BYTES }
    const { profile, report } = await profileRun(vm, { program, board, forMs: 1000 })
    expect(add(profile.lines.map(line => line.own)).bytes).toBe(report.gc.allocatedBytes)
    expect(profile.lines[0]!.place).toMatch(/^\(pc \d+\)$/)
    expect(profile.lines[0]!.file).toBeUndefined()
})

test("sorted by what was asked for", async () => {
    const board = { id: "test", chip: "rp2040", heapBytes: HEAP_BYTES }
    const program = await build("profile-calls")
    for (const by of ORDERS) {
        const { profile } = await profileRun(vm, { program, board, forMs: 1000 }, by)
        for (const figures of [
            profile.lines.map(line => figureOf(line.own, line.boardTime, by)),
            profile.functions.map(cost => figureOf(cost.self, cost.boardTime, by)),
        ]) {
            expect(figures).toEqual([...figures].sort((a, b) => b - a))
        }
    }
})

test.each(["live-objects", "die-leak"])(
    "of %s, what was live when most was adds up to the mark, to the byte",
    async name => {
        const board = { id: "test", chip: "rp2040", heapBytes: HEAP_BYTES }
        const options = { program: await build(name), board, forMs: 20_000 }
        const { profile, report } = await profileRun(vm, { ...options, atPeak: true })
        const ordinary = await profileRun(vm, options)
        expect(profile.live).toBe("at-peak")
        expect(profile.total.liveBytes).toBe(report.heap.highWaterLiveBytes)
        // Looking changes nothing, and the other figures are those of the whole run.
        expect({ ...report, wall: 0 }).toEqual({ ...ordinary.report, wall: 0 })
        const { liveBytes: _, liveBlocks: __, ...rest } = profile.total
        expect(ordinary.profile.total).toMatchObject(rest)
        // No leaf has more live than it ever allocated.
        for (const { total } of nodesOf(profile.tree))
            expect(total.liveBytes).toBeLessThanOrEqual(total.bytes)
    },
)
