import { formatBytes, formatBytesExact, formatCount, formatDuration } from "../../base/format-units"
import type { Judgement } from "../../model/judgement"
import {
    noOtherKind,
    type EndEvent,
    type ForetoldDeath,
    type MemoryEvent,
    type PanicEvent,
} from "../../model/events"
import type { HeapFigures, StackFrame } from "../../model/figures"
import { capacityFor } from "../../model/heap/heap-memory"
import { TrendFinder } from "../trend/live-trend"
import { deathText, judge } from "./judge"
import { explainPanic } from "./panic"
import type { Testimony } from "./run-witness"
import { MAX_STRUCTURES } from "../../model/memory-model"

/** What is known of a source before it tells anything. */
export interface WitnessAbout {
    program: { entry: string }
    board: { id: string; heapBytes: number }
}

/** Nobody said how long. Milliseconds. */
const ENDLESS_MS = Number.MAX_SAFE_INTEGER
/** Exceptions remembered for a death. */
const MAX_TEXT = 200

/** The times alone: what they were told from stands in words. */
function timesOf({ atMs, fromMs, toMs }: ForetoldDeath) {
    return { atMs, fromMs, toMs }
}

/**
 * Judges a run by its events alone, as of a real board or an old recording: what a source knows of its
 * program beyond them (graph, containers, lines), it judges itself and tells as an event, which is then
 * the judgement here, too.
 */
export class EventWitness {
    private told: Judgement | undefined
    private trend = new TrendFinder()
    private last:
        | Pick<HeapFigures, "usedBytes" | "liveBytes" | "freeBytes" | "largestFreeBytes">
        | undefined
    private highWaterUsedBytes = 0
    private highWaterLiveBytes = 0
    private errorBytes = 0
    private death: ForetoldDeath | undefined
    /** Of the last event. */
    nowMs = 0
    private isLinkLost = false
    private panic: PanicEvent | undefined
    private exception: string | undefined
    private deaths = 0
    private end: EndEvent | undefined
    private readonly refused = new Map<string, number>()
    private readonly capacityBytes: number

    constructor(private readonly about: WitnessAbout) {
        this.capacityBytes = capacityFor(about.board.heapBytes)
    }

    add(event: MemoryEvent): void {
        // Whoever begins anew has another heap.
        if (event.atMs < this.nowMs) this.trend = new TrendFinder()
        this.nowMs = event.atMs
        switch (event.kind) {
            case "sample":
                this.figures(event, event.estimate?.errorBytes ?? 0)
                this.death = event.estimate?.death
                break
            case "figures":
                this.figures(event.heap, 0)
                break
            case "gc":
                if (event.liveBytes > 0) this.trend.add(event.atMs, event.liveBytes)
                break
            case "log":
                // Who prints has been started again.
                if (event.level === "log") this.panic = undefined
                if (event.level === "error") this.exception = event.text.slice(0, MAX_TEXT)
                break
            case "panic":
                this.panic = event
                this.deaths++
                break
            case "structures":
                for (const { name, refused } of event.structures)
                    if (this.refused.has(name) || this.refused.size < MAX_STRUCTURES)
                        this.refused.set(name, refused)
                break
            case "link":
                this.isLinkLost = event.phase === "lost" || event.phase === "silent"
                break
            case "judgement":
                this.told = event.judgement
                break
            case "end":
                this.end = event
                break
            case "program":
            case "last-report":
            case "controls":
            case "build":
            case "service":
            case "mark":
            case "heap-map":
            case "displays":
                break
            default:
                noOtherKind(event)
        }
    }

    /** The source itself has judged. */
    get wasTold(): boolean {
        return this.told !== undefined
    }

    /** The program has died, and not been heard of since. */
    get isDead(): boolean {
        return this.panic !== undefined
    }

    /** What all that was told comes to. */
    judgement(): Judgement {
        return this.told ?? this.byEvents()
    }

    private figures(
        sample: Pick<HeapFigures, "usedBytes" | "liveBytes" | "freeBytes" | "largestFreeBytes">,
        errorBytes: number,
    ): void {
        this.last = sample
        this.errorBytes = errorBytes
        this.highWaterUsedBytes = Math.max(this.highWaterUsedBytes, sample.usedBytes)
        this.highWaterLiveBytes = Math.max(this.highWaterLiveBytes, sample.liveBytes)
        this.trend.add(this.nowMs, sample.liveBytes)
    }

    private byEvents(): Judgement {
        const { about, last, nowMs, panic, end } = this
        if (this.isLinkLost && !panic)
            return this.unable(
                "waiting",
                `the board stopped talking; it was watched for ${formatDuration(nowMs)}`,
            )
        if (!last && !panic && !end)
            return this.unable(
                "not-exercised",
                `watched for ${formatDuration(nowMs)}, and nobody told of a heap`,
                'A real board tells its figures if its program has the agent: begin it with import "heapscope/devs/agent/start", and put it on the board again.',
            )
        const trend = this.trend.trend()
        const judgement = judge({
            program: { entry: programOf(about.program.entry) },
            board: about.board,
            outcome: panic
                ? deathOf(panic, this.exception, end)
                : { kind: end?.outcome.kind ?? "running", ...(end && { atMs: end.atMs }) },
            forMs: ENDLESS_MS,
            ranMs: Math.round(panic?.atMs ?? nowMs),
            isInterrupted: false,
            heap: end?.heap ?? panic?.heap ?? this.heap(),
            trend,
            firstLiveBytes: this.trend.firstLiveBytes,
            restarts: this.deaths - (panic ? 1 : 0),
            waitingFor: [],
            seen: nothingSeen(this.capacityBytes),
            sourceOf: () => undefined,
        })
        return {
            ...judgement,
            evidence: [...judgement.evidence, ...this.beside(trend.liveBytesPerHour, judgement)],
            ...(this.death && !panic && { death: timesOf(this.death) }),
        }
    }

    /** What the events say beside the judgement. */
    private beside(liveBytesPerHour: number, { kind }: Judgement): string[] {
        const { last, errorBytes, capacityBytes } = this
        const refusals = [...this.refused].filter(([, count]) => count > 0)
        const left = last ? capacityBytes - last.liveBytes : 0
        return [
            ...(kind === "died" && liveBytesPerHour > 0
                ? [`Until then live data grew by ${formatBytes(liveBytesPerHour)} an hour.`]
                : []),
            ...(kind !== "died" && this.death
                ? [
                      `If it goes on so it is out of memory after ${deathText(this.death)}, ${this.death.by ? "as its program died in the simulator, at the pace that its reports tell" : "as its reports look"}.`,
                  ]
                : []),
            ...(kind === "still-growing" && liveBytesPerHour > 0 && !this.death
                ? [
                      `At this pace live data alone fills the heap in ${formatDuration((left / liveBytesPerHour) * 3_600_000)}; what grows in one piece runs out before.`,
                  ]
                : []),
            ...(refusals.length > 0
                ? [
                      `Full at times: ${refusals.map(([name, count]) => `${name} refused ${formatCount(count)}`).join(", ")}.`,
                  ]
                : []),
            ...(errorBytes > 0
                ? [`The agent's figures are estimates, used ± ${formatBytesExact(errorBytes)}.`]
                : []),
        ]
    }

    private unable(kind: Judgement["kind"], headline: string, ...evidence: string[]): Judgement {
        const state = this.last
            ? [
                  `Last seen: ${formatBytes(this.last.liveBytes)} live of ${formatBytes(this.capacityBytes)}.`,
              ]
            : []
        return {
            ...{ kind, severity: "warning", headline, evidence: [...evidence, ...state] },
            next: {
                command: "heapscope ports",
                why: "which boards there are, and what is known of each",
            },
        }
    }

    /** As far as samples tell. */
    private heap(): HeapFigures {
        const { capacityBytes, highWaterUsedBytes, highWaterLiveBytes } = this
        const known = this.last ?? {
            ...{ usedBytes: 0, liveBytes: 0 },
            ...{ freeBytes: capacityBytes, largestFreeBytes: capacityBytes },
        }
        const { usedBytes, liveBytes, freeBytes, largestFreeBytes } = known
        return {
            ...{ capacityBytes, usedBytes, liveBytes, freeBytes, largestFreeBytes },
            fragmentation: freeBytes > 0 ? 1 - largestFreeBytes / freeBytes : 0,
            ...{ blocks: 0, freeBlocks: 0, highWaterUsedBytes, highWaterLiveBytes, byType: {} },
        }
    }
}

/** What to run on a simulated board: of a real one that says no more, its project's own program. */
function programOf(entry: string): string {
    return /\.(tsx?|devs)$/.test(entry) ? entry : "src/main.ts"
}

function deathOf(
    { code, requestedBytes, stack }: PanicEvent,
    exception: string | undefined,
    end: EndEvent | undefined,
) {
    const { panicName, verdict, message } = explainPanic({
        code,
        ...(exception !== undefined && { exception }),
    })
    return {
        kind: "panicked" as const,
        ...{ panicCode: code, panicName, verdict, message: end?.outcome.message ?? message },
        ...(requestedBytes !== undefined && { requestedBytes }),
        ...(stack && { stack: stack as StackFrame[] }),
    }
}

/** Events show no objects. */
function nothingSeen(capacityBytes: number): Testimony {
    return {
        ...{ leaks: [], leaksOfLives: [], heaviest: undefined, death: undefined },
        ...{ largestRequestBytes: 0, largestHoleBytes: capacityBytes },
        ...{ holes: undefined, pinnedBy: [], restingLiveBytes: undefined },
        ...{ inHandBytes: 0, idleSinceMs: undefined },
    }
}
