import { Counter } from "../recordings/recorded-run"
import { sanitize } from "../../base/sanitize"
import {
    noOtherKind,
    type MemoryEvent,
    type SampleEvent,
    type StructureFigures,
} from "../../model/events"
import type { SourceAbout } from "../../model/flow"
import { MAX_STRUCTURES } from "../../model/memory-model"
import type { Metric, MetricValue, Unit } from "./metric"
import { timeLeft } from "./time-left"

/** The longest text of a label: names of a board's making do not fill a database. */
export const MAX_LABEL = 64

/** How a board's reports are accounted for, where they are numbered. */
export interface Reported {
    received: number
    missed: number
    doubled: number
}

/**
 * What a board reports, as metrics: about a dozen series and four for each structure, whatever it says.
 * What is counted never falls, also when the board begins anew. While nothing comes from it there are no
 * figures, so that nobody takes the last ones for those of now.
 */
export class BoardMetrics {
    private sample: SampleEvent | undefined
    private readonly highWater = { used: 0, live: 0 }
    private readonly allocatedBytes = new Counter()
    private readonly collections = new Counter()
    private readonly structures = new Map<string, Structure>()
    private reports = 0
    private starts = 1
    private deaths = 0
    private isReached: boolean | undefined
    private program: string

    /** @param maxStructures that are told of, whatever the board names */
    constructor(
        private readonly about: SourceAbout,
        private readonly maxStructures = MAX_STRUCTURES,
    ) {
        this.program = label(about.program.entry)
    }

    /** Its program is known by this from now on. */
    runs(program: string): void {
        this.program = label(program)
    }

    add(event: MemoryEvent): void {
        switch (event.kind) {
            case "sample":
                return this.sampled(event)
            case "panic":
                this.deaths++
                return
            case "structures":
                for (const figures of event.structures) this.structure(figures)
                return
            case "link":
                if (event.phase !== "connecting") this.isReached = event.phase === "open"
                return
            case "log":
            case "gc":
            case "figures":
            case "heap-map":
            case "program":
            case "last-report":
            case "mark":
            case "judgement":
            case "displays":
            case "controls":
            case "build":
            case "service":
            case "end":
                return
            default:
                noOtherKind(event)
        }
    }

    /** @param reported how they came; default: those with figures, as they came */
    metrics(reported?: Reported): Metric[] {
        const { about, sample, isReached } = this
        const now = isReached === false ? undefined : sample
        const gauge = (name: string, help: string, values: MetricValue[], unit: Unit = "bytes") =>
            ({ name, help, unit, kind: "gauge", values }) as const
        const adding = (name: string, help: string, values: MetricValue[]) =>
            ({ ...gauge(name, help, values), adds: true }) as const
        const counter = (name: string, help: string, values: MetricValue[], unit: Unit = "count") =>
            ({ name, help, unit, kind: "counter", values }) as const
        return [
            gauge(
                "devicescript.board",
                "The board and its program; always 1.",
                one(1, {
                    board: label(about.board.id),
                    chip: label(about.board.chip),
                    program: this.program,
                    vm: label(about.vm.version ?? "unknown"),
                }),
                "info",
            ),
            gauge(
                "devicescript.board.reached",
                "Whether the board answers: 1 or 0.",
                isReached === undefined ? [] : one(Number(isReached)),
                "count",
            ),
            gauge(
                "devicescript.board.uptime",
                "Time since the board was started.",
                one(now && now.atMs / 1000),
                "seconds",
            ),
            adding(
                "devicescript.memory.usage",
                "Bytes of the heap by what they are: live, garbage that the next collection takes, or free.",
                [
                    ...one(now?.liveBytes, { state: "live" }),
                    ...one(now && now.usedBytes - now.liveBytes, { state: "garbage" }),
                    ...one(now?.freeBytes, { state: "free" }),
                ],
            ),
            adding(
                "devicescript.memory.limit",
                "Bytes of the heap that blocks can use.",
                one(now && now.usedBytes + now.freeBytes),
            ),
            gauge(
                "devicescript.memory.largest_free",
                "Bytes of the largest free block: a larger request kills the program.",
                one(now?.largestFreeBytes),
            ),
            gauge(
                "devicescript.memory.high_water",
                "The most bytes that were seen in use, garbage included, and live.",
                sample
                    ? [
                          ...one(this.highWater.used, { state: "used" }),
                          ...one(this.highWater.live, { state: "live" }),
                      ]
                    : [],
            ),
            gauge(
                "devicescript.memory.error",
                "By how many bytes a figure may be off; absent where it is exact.",
                [
                    ...one(now?.estimate?.errorBytes, { state: "used" }),
                    ...one(now?.estimate?.liveErrorBytes, { state: "live" }),
                ],
            ),
            gauge(
                "devicescript.memory.time_to_death",
                "Seconds until the program runs out of memory if it goes on so, never without a range; absent of what does not leak.",
                leftOf(now),
                "seconds",
            ),
            counter(
                "devicescript.memory.allocated",
                "Bytes allocated, since it is watched.",
                // Of an estimate it is no measure.
                one(sample && !sample.estimate ? this.allocatedBytes.total : undefined),
                "bytes",
            ),
            counter(
                "devicescript.gc.collections",
                "Collections of garbage, since it is watched.",
                one(sample && this.collections.total),
            ),
            counter(
                "devicescript.reports",
                "Reports that came from the board.",
                one(reported?.received ?? this.reports),
            ),
            counter(
                "devicescript.reports.missed",
                "Reports of the board that never came, as their numbers tell.",
                one(reported?.missed),
            ),
            counter(
                "devicescript.reports.doubled",
                "Reports that had come before, and were left out.",
                one(reported?.doubled),
            ),
            counter(
                "devicescript.board.starts",
                "How often the board began, the first time included.",
                one(this.starts),
            ),
            counter(
                "devicescript.board.deaths",
                "How often its program died with a panic.",
                one(this.deaths),
            ),
            ...this.structureMetrics(gauge, counter),
        ]
    }

    private structureMetrics(
        gauge: (name: string, help: string, values: MetricValue[], unit: Unit) => Metric,
        counter: (name: string, help: string, values: MetricValue[]) => Metric,
    ): Metric[] {
        const all = [...this.structures]
        const now = this.isReached === false ? [] : all
        const of = (value: (structure: Structure) => number, structures = now) =>
            structures.map(([name, structure]) => ({
                labels: { structure: name },
                value: value(structure),
            }))
        return [
            gauge(
                "devicescript.structure.length",
                "Elements that a structure holds.",
                of(({ figures }) => figures.length),
                "count",
            ),
            gauge(
                "devicescript.structure.capacity",
                "Elements that a structure has room for.",
                of(({ figures }) => figures.capacity),
                "count",
            ),
            gauge(
                "devicescript.structure.high_water",
                "The most elements that a structure ever held.",
                of(({ figures }) => figures.highWaterMark, all),
                "count",
            ),
            counter(
                "devicescript.structure.refused",
                "Elements that a structure had no room for.",
                of(({ refused }) => refused.total, all),
            ),
        ]
    }

    private sampled(sample: SampleEvent): void {
        if (this.sample && sample.atMs < this.sample.atMs) this.starts++
        this.sample = sample
        this.reports++
        this.highWater.used = Math.max(this.highWater.used, sample.usedBytes)
        this.highWater.live = Math.max(this.highWater.live, sample.liveBytes)
        this.allocatedBytes.add(sample.allocatedBytes)
        this.collections.add(sample.collections)
    }

    private structure(figures: StructureFigures): void {
        const name = label(figures.name)
        let known = this.structures.get(name)
        if (!known) {
            if (this.structures.size >= this.maxStructures) return
            known = { figures, refused: new Counter() }
            this.structures.set(name, known)
        }
        known.figures = figures
        known.refused.add(figures.refused)
    }
}

interface Structure {
    figures: StructureFigures
    refused: Counter
}

/** Seconds from the sample on. */
function leftOf(sample: SampleEvent | undefined): MetricValue[] {
    const left = sample && timeLeft(sample)
    if (!left) return []
    return [
        ...one(left.atMs / 1000, { bound: "expected" }),
        ...one(left.fromMs / 1000, { bound: "earliest" }),
        ...one(left.toMs / 1000, { bound: "latest" }),
    ]
}

function one(value: number | undefined, labels: MetricValue["labels"] = {}): MetricValue[] {
    return value === undefined ? [] : [{ labels, value }]
}

/** A text from a board or a user, as a label. */
function label(text: string): string {
    return sanitize(text).slice(0, MAX_LABEL)
}
