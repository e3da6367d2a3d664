import { saved, type Advice, type Change } from "../../documents/advice"
import { roundMs, type BoardTime } from "../../model/board-time"
import type { StackFrame } from "../../model/figures"
import type { LiveByLeaf } from "../profile/fold-profile"
import { OTHER_PATHS, ROOT, type PathTree } from "../profile/path-tree"
import { replay, type AllocationRecord, type Replacement, type Replayed } from "./heap-replay"

/** What following advice is worked out from: the run's allocations, and whose they are. */
export interface PredictionFacts {
    record: AllocationRecord
    paths: PathTree
    live: LiveByLeaf
    capacityBytes: number
    /** Of what is live at the end. */
    fragmentation: number
    /** The program's own place at a pc; undefined in a library. */
    ownLineAt(pc: number): StackFrame | undefined
}

/** Number of the type of block that is a call's frame. */
const ACTIVATION = 8
/** What an advice is about is found when its bytes are so near to those that it tells. */
const NEAR = 0.5
/** What a line calls, and frames, are rather not what an advice is about. */
const FAR = 0.02
/** Of what some lines allocate, so many kinds are looked at, the largest. */
const MAX_CHOICES = 12
const CYCLES_A_MS = 125_000
/** What time takes is found out with so many allocations, the first of a run. */
const MAX_TIMED = 1 << 14
/** What a collection finds in use stands between two holes, and the VM fills the next one. So it is done over more than once. */
const LATER_BYTES = [0, 92, 212, 388]
/** To fill a byte behind what was allocated, in cycles; see the weights of the instrumented VM. */
const FILL_CYCLES = 0.5

type Timed = Pick<Replayed, "allocations" | "collections" | "filledBytes">

/** Does a run over on a model of its heap, as if advice had been followed. */
export class Prediction {
    /** Fragmentation of the run as it was, on the model. */
    private replayed: number | undefined
    private timedBefore: Timed | undefined
    private readonly found = new Map<Advice, Replacement | undefined>()
    private readonly ownLines = new Map<number, string | undefined>()

    constructor(private readonly facts: PredictionFacts) {}

    /** Allocations of the run that are known. */
    get allocations(): number {
        return this.facts.record.count
    }

    /** 1 - largest free / free as a collection at the end of the run would leave it. */
    get fragmentation(): number {
        return this.facts.fragmentation
    }

    /** Whether anybody can tell what becomes of it with all of some advice followed. */
    canTell(advice: readonly Advice[]): boolean {
        return (
            this.facts.record.isWhole && advice.every(one => this.replacementFor(one) !== undefined)
        )
    }

    /** The same with all of some advice followed; undefined when nobody can tell. */
    fragmentationWith(advice: readonly Advice[]): number | undefined {
        const { record, capacityBytes, fragmentation } = this.facts
        if (!record.isWhole) return undefined
        const replacements = advice.map(one => this.replacementFor(one))
        if (!replacements.every(one => one !== undefined)) return undefined
        if (advice.length === 0) return fragmentation
        this.replayed ??= replay(record, capacityBytes).fragmentation
        const after = replay(record, capacityBytes, replacements).fragmentation
        // Where the model is off, the change is as it has it.
        return Math.min(1, Math.max(0, fragmentation + after - this.replayed))
    }

    /**
     * Board time with an advice followed, as far as it goes to allocating and collecting. Fewer bytes do not
     * always take less: the VM fills the hole behind what it allocates, and less garbage leaves a larger one.
     */
    boardTimeMs(advice: Advice, time: BoardTime): Change | undefined {
        const replacement = this.replacementFor(advice)
        if (!replacement) return undefined
        this.timedBefore ??= this.timed([])
        const [before, after] = [this.timedBefore, this.timed([replacement])]
        const filling = (of: Timed) => (of.filledBytes * FILL_CYCLES) / CYCLES_A_MS
        // The rest of it takes alike for each. What was not done over went on as what was.
        const whole = this.facts.record.count / Math.min(this.facts.record.count, MAX_TIMED)
        const allocatingMs = time.allocatingMs / whole
        const rest = Math.max(0, allocatingMs - filling(before)) / before.allocations
        const cost = (of: Timed) => filling(of) + of.allocations * rest
        const allocating = cost(before) > 0 ? cost(after) / cost(before) : 1
        const collecting = before.collections > 0 ? after.collections / before.collections : 1
        const ms = time.runningMs + time.allocatingMs * allocating + time.collectingMs * collecting
        return { before: time.ms, after: roundMs(ms) }
    }

    /** The first part of the run, on average over moments at which it may be collected. */
    private timed(replacements: readonly Replacement[]): Timed {
        const { record, capacityBytes } = this.facts
        const first = { ...record, count: Math.min(record.count, MAX_TIMED) }
        const all = LATER_BYTES.map(bytes => replay(first, capacityBytes, replacements, bytes))
        const mean = (of: (one: Replayed) => number) =>
            all.reduce((sum, one) => sum + of(one), 0) / all.length
        return {
            allocations: mean(one => one.allocations),
            collections: mean(one => one.collections),
            filledBytes: mean(one => one.filledBytes),
        }
    }

    private replacementFor(advice: Advice): Replacement | undefined {
        if (!this.found.has(advice)) this.found.set(advice, this.find(advice))
        return this.found.get(advice)
    }

    private find({ at, alsoAt = [], live, workMs, ...advice }: Advice): Replacement | undefined {
        // Frames of calls that come on top are none of what it is about, unless all of it is told.
        const churn = saved(advice.churn) > 0 || workMs ? advice.churn : undefined
        const told = churn ?? live
        if (!at || !told || told.before <= 0) return undefined
        const { paths, live: liveByLeaf } = this.facts
        const bytesOf = churn ? paths.bytes : liveByLeaf.bytes
        const places = new Set([at, ...alsoAt].map(placeText))
        const choices: Choice[] = []
        for (let leaf = 0; leaf < paths.size; leaf++) {
            const nearness = paths.isLeaf(leaf) ? this.nearness(leaf, places) : undefined
            const bytes = bytesOf[leaf] ?? 0
            if (nearness === undefined || bytes === 0) continue
            const far =
                (nearness === "called" ? FAR : 0) + (paths.typeOf(leaf) === ACTIVATION ? FAR : 0)
            choices.push({ leaf, bytes, far })
        }
        const leaves = nearest(choices, told.before)
        if (!leaves) return undefined
        const keptBytes = live ? live.after : 0
        const share = churn ? Math.max(0, churn.after - keptBytes) / churn.before : 0
        return { leaves, keptBytes, share }
    }

    /** Whether a leaf's own line is among the places, or one that called it. */
    private nearness(leaf: number, places: ReadonlySet<string>): "own" | "called" | undefined {
        const { paths } = this.facts
        let isInner = true
        for (
            let id = paths.parents[leaf]!;
            id !== ROOT && id !== OTHER_PATHS;
            id = paths.parents[id]!
        ) {
            const line = this.ownLine(paths.labels[id]!)
            if (line === undefined) continue
            if (places.has(line)) return isInner ? "own" : "called"
            isInner = false
        }
        return undefined
    }

    private ownLine(pc: number): string | undefined {
        if (!this.ownLines.has(pc)) {
            const line = this.facts.ownLineAt(pc)
            this.ownLines.set(pc, line && placeText(line))
        }
        return this.ownLines.get(pc)
    }
}

interface Choice {
    leaf: number
    bytes: number
    far: number
}

/** Of what some lines allocate, what adds up to so much; undefined when nothing comes near. */
function nearest(choices: readonly Choice[], bytes: number): Set<number> | undefined {
    const tried = [...choices].sort((a, b) => b.bytes - a.bytes).slice(0, MAX_CHOICES)
    let best: { bits: number; off: number } | undefined
    for (let bits = 1; bits < 1 << tried.length; bits++) {
        let [sum, far] = [0, 0]
        tried.forEach((choice, i) => {
            if ((bits & (1 << i)) === 0) return
            sum += choice.bytes
            far += choice.far
        })
        const off = Math.abs(Math.log(sum / bytes)) + far
        if (off < (best?.off ?? NEAR)) best = { bits, off }
    }
    if (!best) return undefined
    const { bits } = best
    return new Set(tried.filter((_, i) => bits & (1 << i)).map(({ leaf }) => leaf))
}

function placeText({ file, line }: StackFrame): string {
    return `${file}:${line}`
}
