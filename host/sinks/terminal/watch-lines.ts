import type { LinkPhase, MemoryEvent, RunEnd } from "../../model/events"
import { describeLastReport } from "../../model/last-report"
import { isPinLine } from "../../model/runtime-lines"
import { nameOfPanic } from "../../analysis/outcome/panic"
import { sanitize } from "../../base/sanitize"
import {
    formatBytesExact,
    formatCountOf,
    formatDuration,
    formatPercent,
} from "../../base/format-units"
import { worthText } from "../../analysis/outcome/structure-worth"
import { MAX_STRUCTURES } from "../../model/memory-model"

/** Least distance of two lines about the heap, in the source's milliseconds. */
const HEAP_LINE_MS = 10_000

/** How a run ended that nothing more is to be said of. */
const ENDS: Record<RunEnd["kind"], string> = {
    running: "the time to watch is over: the program still runs",
    finished: "the program came to its end",
    panicked: "the program died",
    "expected-text": "the program printed what was waited for",
    "failed-text": "the program printed what it must not",
    "timed-out": "the time for it was over",
}

/** Events as lines of plain text, for where there is no screen: the log, and the heap now and then. */
export class WatchLines {
    private nextHeapMs = 0
    private phase: LinkPhase | undefined
    private sha256 = ""
    private readonly refused = new Map<string, number>()

    constructor(private readonly capacityBytes: number) {}

    /** @returns no line, or some, without line breaks */
    linesOf(event: MemoryEvent): string[] {
        return this.textsOf(event).map(
            text => `${formatDuration(Math.round(event.atMs)).padStart(9)}  ${sanitize(text)}`,
        )
    }

    private textsOf(event: MemoryEvent): string[] {
        switch (event.kind) {
            case "sample": {
                if (event.atMs < this.nextHeapMs - HEAP_LINE_MS) this.nextHeapMs = 0
                if (event.atMs < this.nextHeapMs) return []
                this.nextHeapMs = event.atMs + HEAP_LINE_MS
                const { usedBytes, liveBytes, largestFreeBytes, collections, estimate } = event
                const error = estimate
                    ? ` (estimated, ± ${formatBytesExact(estimate.errorBytes)})`
                    : ""
                const liveError =
                    estimate?.liveErrorBytes === undefined
                        ? ""
                        : ` ± ${formatBytesExact(estimate.liveErrorBytes)}`
                return [
                    `[heap] used ${formatBytesExact(usedBytes)} ${formatPercent(usedBytes / this.capacityBytes)}${error}, ` +
                        `live ${formatBytesExact(liveBytes)}${liveError}, largest free block ${formatBytesExact(largestFreeBytes)}, ` +
                        formatCountOf(collections, "collection"),
                ]
            }
            case "log":
                if (isPinLine(event)) return []
                return [event.level === "log" ? event.text : `${event.level}: ${event.text}`]
            case "gc":
                return []
            case "panic":
                return [
                    `[panic] ${event.code}: ${nameOfPanic(event.code)}`,
                    ...(event.stack ?? []).map(
                        ({ function: name, file, line, column }) =>
                            `[panic]   at ${name}  ${file}:${line}:${column}`,
                    ),
                ]
            case "structures":
                // The rest is in every report.
                return event.structures
                    .filter(({ name, refused }) => this.hasRefused(name, refused))
                    .map(structure => `[structures] ${describe(structure)}`)
            case "figures":
                return [
                    `[figures] exactly used ${formatBytesExact(event.heap.usedBytes)}, live ${formatBytesExact(event.heap.liveBytes)}, ` +
                        `${formatCountOf(event.heap.blocks, "block")}, largest free block ${formatBytesExact(event.heap.largestFreeBytes)}`,
                ]
            case "link": {
                const { phase } = event
                if (phase === "connecting" || phase === this.phase) return []
                this.phase = phase
                return [`[link] ${event.message}`]
            }
            case "program":
                if (event.sha256 === this.sha256) return []
                this.sha256 = event.sha256
                return [`[program] SHA-256 ${event.sha256}`]
            case "mark":
                return [`[mark] ${event.text}`]
            case "last-report":
                return [`[run before] ${describeLastReport(event)}`]
            case "heap-map":
            case "displays":
            case "controls":
            case "build":
            case "service":
                return []
            case "judgement":
                // It comes whole, as the last thing that is printed.
                return []
            case "end":
                return [`[end] ${event.outcome.message ?? ENDS[event.outcome.kind]}`]
        }
    }

    private hasRefused(name: string, refused: number): boolean {
        const before = this.refused.get(name) ?? 0
        // A board that makes up names is not to fill this machine.
        if (this.refused.size < MAX_STRUCTURES) this.refused.set(name, refused)
        return refused > before
    }
}

function describe(
    structure: Extract<MemoryEvent, { kind: "structures" }>["structures"][0],
): string {
    const { name, length, capacity, highWaterMark, refused, worth } = structure
    const figures = `${name} ${length}/${capacity} most ${highWaterMark} refused ${refused}`
    return worth ? `${figures}, ${worthText(worth)}` : figures
}
