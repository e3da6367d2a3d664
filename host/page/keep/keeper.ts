import { signal, type ReadonlySignal } from "@preact/signals"
import type { SnapshotView } from "../../analysis/snapshot/snapshot-view"
import { formatDuration } from "../../base/format-units"
import type { ProgramLayouts } from "../../documents/layout/program-layouts"
import type { PageMessage, PageRequest } from "../../documents/page-messages"
import type { SimReport } from "../../documents/sim-report"
import type { SizeReport } from "../../documents/size/size-report"
import type { Allocated } from "../../model/allocated"
import type { MemoryEvent } from "../../model/events"
import { toChromeHeapSnapshot } from "../../sinks/files/chrome-heap-snapshot"
import type { BoardHistory } from "../history/board-history"
import { keptPage, pageParts } from "./kept-page"
import { inOrder, recordingText } from "./recording-text"
import { saveFile } from "./save-file"

/** Of the heap's map a kept page has so many blocks and changes: some 20 MB as text. */
const MAX_MAP_WORDS = 1_000_000

/** What can be kept as a file, beside pictures. */
export const KEPT = {
    page: "the whole run as one page that opens without a server (.html)",
    recording: "a recording, for watch --replay (.ndjson)",
    report: "the run's report, with advice (.json)",
    heapsnapshot: "a snapshot for Chrome's DevTools (.heapsnapshot)",
    snapshot: "a snapshot for heapscope diff (.json)",
} as const

export type Kept = keyof typeof KEPT

/** What of the page it needs. */
interface KeptState {
    readonly history: ReadonlySignal<BoardHistory | undefined>
    readonly isOver: ReadonlySignal<boolean>
    readonly snapshot: ReadonlySignal<SnapshotView | undefined>
    readonly report: ReadonlySignal<SimReport | undefined>
    readonly allocated: ReadonlySignal<Allocated | undefined>
    readonly size: ReadonlySignal<SizeReport | undefined>
    readonly layouts: ReadonlySignal<ProgramLayouts | undefined>
    readonly sources: ReadonlySignal<ReadonlyMap<string, string | undefined>>
    can(kind: PageRequest["kind"]): boolean
    ask(request: PageRequest): void
    askForSnapshot(): void
    askForReport(): void
}

/** Asks for what a file is made of, and saves it when it comes. */
export class Keeper {
    /** What is waited for. */
    readonly waiting = signal<ReadonlySet<Kept>>(new Set())
    /** What was left out of what was kept last. */
    readonly leftOut = signal("")

    constructor(private readonly state: KeptState) {}

    can(what: Kept): boolean {
        const { state } = this
        if (what === "page" || what === "recording") return state.can("kept")
        if (what === "report") return state.report.value !== undefined || state.can("report")
        return state.snapshot.value !== undefined || state.can("snapshot")
    }

    keep(what: Kept): void {
        const { state } = this
        this.leftOut.value = ""
        if (what === "report" && state.report.value && state.isOver.value) return this.save(what)
        const isSnapshot = what === "snapshot" || what === "heapsnapshot"
        if (isSnapshot && state.snapshot.value) return this.save(what)
        this.waiting.value = new Set(this.waiting.value).add(what)
        if (isSnapshot) state.askForSnapshot()
        else if (what === "report") state.askForReport()
        else state.ask({ kind: "kept" })
    }

    /** What was waited for may have come. */
    take(message: PageMessage): void {
        const { waiting } = this
        const come: readonly Kept[] =
            message.kind === "snapshot"
                ? ["snapshot", "heapsnapshot"]
                : message.kind === "report"
                  ? ["report"]
                  : message.kind === "kept"
                    ? ["page", "recording"]
                    : []
        const due = come.filter(what => waiting.value.has(what))
        if (due.length === 0) return
        waiting.value = new Set([...waiting.value].filter(what => !due.includes(what)))
        for (const what of due) this.save(what, message.kind === "kept" ? message.events : [])
    }

    private save(what: Kept, events: readonly MemoryEvent[] = []): void {
        const { state } = this
        const history = state.history.value
        if (!history) return
        const name = nameOf(history.hello.about.program.entry)
        const json = (ending: string, value: object) =>
            saveFile(`${name}${ending}`, JSON.stringify(value), "application/json")
        const view = state.snapshot.value
        switch (what) {
            case "report":
                if (state.report.value) json(".report.json", state.report.value)
                break
            case "snapshot":
                if (view) json(".snapshot.json", view.snapshot)
                break
            case "heapsnapshot":
                if (view) json(".heapsnapshot", toChromeHeapSnapshot(view.graph))
                break
            case "recording":
                this.tellLeftOut(history.map.fromMs, "the heap's map")
                saveFile(
                    `${name}.ndjson`,
                    recordingText(
                        history.hello.about,
                        inOrder(eventsOf(events), history.map.events(MAX_MAP_WORDS)),
                        new Date(),
                    ),
                )
                break
            case "page":
                void this.savePage(name, events)
        }
    }

    private async savePage(name: string, events: readonly MemoryEvent[]): Promise<void> {
        const { state } = this
        const { hello, map } = state.history.value!
        const maps = map.events(MAX_MAP_WORDS)
        const messages: PageMessage[] = [
            { kind: "events", events: inOrder(eventsOf(events), maps) },
        ]
        const view = state.snapshot.value
        if (view) messages.push({ kind: "snapshot", snapshot: view.snapshot })
        if (state.allocated.value)
            messages.push({ kind: "allocated", allocated: state.allocated.value })
        if (state.report.value) messages.push({ kind: "report", report: state.report.value })
        if (state.size.value) messages.push({ kind: "size", size: state.size.value })
        if (state.layouts.value) messages.push({ kind: "layouts", layouts: state.layouts.value })
        for (const [file, text] of state.sources.value)
            messages.push({ kind: "source", file, ...(text !== undefined && { text }) })
        this.tellLeftOut(
            maps[0]?.atMs,
            "the heap's map",
            view ? "" : "objects, as no snapshot was taken",
        )
        const kept = { hello: { ...hello, isPast: true, can: ["kept" as const] }, messages }
        saveFile(`${name}.html`, keptPage(kept, await pageParts()), "text/html")
    }

    private tellLeftOut(fromMs: number | undefined, what: string, more = ""): void {
        const parts = [
            fromMs === undefined ? what : `${what} before ${formatDuration(fromMs)}`,
            more,
            "other moments than those that were sampled",
        ]
        this.leftOut.value = `Left out: ${parts.filter(part => part !== "").join("; ")}.`
    }
}

/** The page's own knowledge of the map is whole: what was told of it besides is left out. */
function eventsOf(events: readonly MemoryEvent[]): MemoryEvent[] {
    return events.filter(({ kind }) => kind !== "heap-map")
}

/** A file's name for a program, without its folders and ending. */
function nameOf(entry: string): string {
    const base = entry.slice(entry.lastIndexOf("/") + 1).replace(/\.[a-z]+$/, "")
    return base.replace(/[^\w.-]+/g, "-").slice(0, 60) || "heapscope"
}
