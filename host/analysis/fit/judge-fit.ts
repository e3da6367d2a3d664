import { formatBytesExact, formatDuration } from "../../base/format-units"
import type { BoardFit, FitHeap, FitVerdict, Room } from "../../documents/boards/fit-report"
import type { Judgement } from "../../documents/judgement"

/** A board is fit for a program that leaves it a tenth of its heap, and a twentieth of its room for programs. */
const SPARE = { heap: 0.1, flash: 0.05 }

/** What is known of a program on a board. */
export interface FitFacts {
    heap?: FitHeap
    judgement?: Judgement
    program: Room
    settings: Room
    lacks: readonly string[]
    /** It died, after so many simulated milliseconds. */
    diedAtMs?: number
}

/** Whether a program fits, and why not. */
export function judgeFit(facts: FitFacts): Pick<BoardFit, "verdict" | "reasons"> {
    const found: [FitVerdict, string][] = [...ofFlash(facts), ...ofRun(facts)]
    for (const lack of facts.lacks) found.push(["no", `It has ${lack}.`])
    const order: FitVerdict[] = ["no", "unclear", "tight", "fits"]
    const verdict = order.find(one => found.some(([of]) => of === one)) ?? "fits"
    const reasons = order.flatMap(one => found.flatMap(([of, why]) => (of === one ? why : [])))
    return { verdict, reasons }
}

function* ofFlash({ program, settings }: FitFacts): Generator<[FitVerdict, string]> {
    if (program.marginBytes < 0)
        yield [
            "no",
            `The program is ${formatBytesExact(-program.marginBytes)} too large: it has ${formatBytesExact(program.takenBytes)}, and there is room for ${formatBytesExact(program.roomBytes)}.`,
        ]
    else if (program.marginBytes < program.roomBytes * SPARE.flash)
        yield [
            "tight",
            `The program leaves ${formatBytesExact(program.marginBytes)} of the ${formatBytesExact(program.roomBytes)} for programs.`,
        ]
    if (settings.marginBytes < 0)
        yield [
            "no",
            `The project's settings take ${formatBytesExact(settings.takenBytes)}, and there is room for ${formatBytesExact(settings.roomBytes)}.`,
        ]
}

function* ofRun(facts: FitFacts): Generator<[FitVerdict, string]> {
    const { heap, judgement, diedAtMs, program } = facts
    if (!heap || !judgement) {
        if (program.marginBytes >= 0) yield ["unclear", "It was not run."]
        return
    }
    const { kind, severity, headline } = judgement
    if (diedAtMs !== undefined)
        yield ["no", `It died after ${formatDuration(diedAtMs)}; ${headline}.`]
    else if (kind === "not-exercised" || kind === "waiting") yield ["unclear", `${headline}.`]
    else if (severity === "bad") yield ["no", `${headline}.`]
    else if (severity === "warning") yield ["tight", `${headline}.`]
    if (
        diedAtMs === undefined &&
        heap.marginBytes - heap.offBytes < heap.capacityBytes * SPARE.heap
    )
        yield [
            "tight",
            `At its worst it leaves ${formatBytesExact(heap.marginBytes)} of the heap's ${formatBytesExact(heap.capacityBytes)}.`,
        ]
}
