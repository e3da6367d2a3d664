import { signal } from "@preact/signals"
import { JUDGE_MS } from "../analysis/outcome/paced-witness"
import { SnapshotView } from "../analysis/snapshot/snapshot-view"
import type { LessonRun, LessonsReport, LessonTitle } from "../documents/lessons-report"
import type { ProgramLayouts } from "../documents/layout/program-layouts"
import type { PageMessage, PageRequest } from "../documents/page-messages"
import type { Allocated } from "../model/allocated"
import type { SimReport } from "../documents/sim-report"
import type { SizeReport } from "../documents/size/size-report"
import { BoardHistory } from "./history/board-history"
import { Keeper } from "./keep/keeper"
import type { EventFeed, FeedPhase } from "./feed/event-feed"
import type { HeapBlock } from "../model/heap/block"
import type { PageSurroundings } from "./page-surroundings"
import { Travel } from "./travel/travel"
import { applyTheme, systemTheme, type Theme } from "./theme"
import type { ViewName } from "./views"

/** How long what came of a key is told. Milliseconds. */
const NOTICE_MS = 5000
/** After the last event; more than there is between two judgements. Milliseconds. */
const SETTLE_MS = JUDGE_MS + 100

/** What of a run that is over can still be asked for. */
const STAYS = new Set<PageRequest["kind"]>([
    ...(["snapshot", "allocated", "source", "report", "kept", "lesson"] as const),
    ...(["visit", "size", "layouts"] as const),
])

/** A lesson, and how the heaps of its programs went. */
export type RunLesson = LessonsReport["lessons"][number] & Pick<LessonRun, "heaps">

/** What the page shows, and what its parts have in common. */
export class PageState {
    readonly phase = signal<FeedPhase>("connecting")
    readonly history = signal<BoardHistory | undefined>(undefined)
    /** Counts the pictures: whatever shows the history looks at it. */
    readonly frame = signal(0)
    /** The moment that is looked at, in the source's milliseconds; undefined for now. */
    readonly momentMs = signal<number | undefined>(undefined)
    readonly notice = signal("")
    readonly isOver = signal(false)
    readonly theme = signal<Theme>(systemTheme())
    readonly view = signal<ViewName>("heap")
    readonly isKeyListOpen = signal(false)
    /** The snapshot that came last. */
    readonly snapshot = signal<SnapshotView | undefined>(undefined)
    /** One was asked for, and has not come. */
    readonly isLooking = signal(false)
    /** Of the snapshot: the id of the object that is looked at. */
    readonly chosenNode = signal<number | undefined>(undefined)
    /** What the program has allocated since somebody asked first. */
    readonly allocated = signal<Allocated | undefined>(undefined)
    /** Texts of sources by their names; undefined for one that nobody has. */
    readonly sources = signal<ReadonlyMap<string, string | undefined>>(new Map())
    /** The run's report, with advice, as it was asked for last. */
    readonly report = signal<SimReport | undefined>(undefined)
    readonly isReporting = signal(false)
    /** What takes the flash of the program that runs. */
    readonly size = signal<SizeReport | undefined>(undefined)
    /** What the types of the program take. */
    readonly layouts = signal<ProgramLayouts | undefined>(undefined)
    readonly lessons = signal<readonly LessonTitle[]>([])
    /** Name of the one that is taken; empty for none. */
    readonly chosenLesson = signal("")
    /** The lesson that was asked for last. */
    readonly lesson = signal<RunLesson | undefined>(undefined)
    readonly isKeepOpen = signal(false)
    readonly keeper = new Keeper(this)
    /** Goes to moments of a simulated run that the page itself does not know. */
    readonly travel = new Travel(request => this.ask(request))
    private isDrawing = false
    private settleTimer: ReturnType<typeof setTimeout> | undefined
    private noticeTimer: ReturnType<typeof setTimeout> | undefined

    constructor(
        private readonly feed: EventFeed,
        readonly around: PageSurroundings = {},
    ) {}

    start(): void {
        this.feed.start({
            message: message => this.take(message),
            phase: phase => {
                this.phase.value = phase
                if (phase === "open") return
                // What was asked for will not come.
                this.isLooking.value = false
                this.isReporting.value = false
            },
        })
    }

    ask(request: PageRequest): void {
        this.feed.ask(request)
    }

    /** What is over can still be looked at, for as long as the command is there to ask. */
    can(kind: PageRequest["kind"]): boolean {
        const isLate = this.isOver.value && !STAYS.has(kind)
        return this.offers(kind) && this.phase.value === "open" && !isLate
    }

    /**
     * Why something cannot be shown that was not asked for in time.
     * @param never of a source that cannot tell it
     */
    whyNot(kind: PageRequest["kind"], never: string): string {
        return this.offers(kind)
            ? "The command has ended, or cannot be reached: there is nobody to ask any more."
            : never
    }

    private offers(kind: PageRequest["kind"]): boolean {
        return this.history.value?.hello.can.includes(kind) === true
    }

    /** What is watched is a real board: its program stands still while it is looked into. */
    get isRealBoard(): boolean {
        return this.history.value?.model.link !== undefined
    }

    askForSnapshot(): void {
        if (!this.can("snapshot") || this.isLooking.value) return
        this.isLooking.value = true
        const at = this.travel.visit.value?.moment
        this.ask({ kind: "snapshot", ...(at && { at }) })
    }

    askForReport(): void {
        if (!this.can("report") || this.isReporting.value) return
        this.isReporting.value = true
        this.ask({ kind: "report" })
    }

    askForSize(): void {
        if (this.can("size")) this.ask({ kind: "size" })
    }

    askForLayouts(): void {
        if (this.can("layouts")) this.ask({ kind: "layouts" })
    }

    /** Takes a lesson: its programs are run, unless they were. */
    takeLesson(name: string): void {
        this.chosenLesson.value = name
        if (name !== "" && this.lesson.value?.name !== name) this.ask({ kind: "lesson", name })
    }

    askForSource(file: string): void {
        if (this.can("source") && !this.sources.value.has(file)) this.ask({ kind: "source", file })
    }

    /** Looks at another moment; at what happens now without one, or with one that is yet to come. */
    lookAt(ms: number | undefined): void {
        const history = this.history.value
        const isNow = ms === undefined || !history || ms >= history.nowMs
        this.momentMs.value = isNow ? undefined : Math.max(0, ms)
        this.travel.leave()
        const atMs = this.momentMs.value
        if (atMs !== undefined && this.can("visit")) this.travel.go({ to: { kind: "time", atMs } })
    }

    /** Looks at when a line was logged. */
    lookAtLine(line: { atMs: number; text: string }): void {
        this.lookAt(line.atMs)
        if (this.momentMs.value !== undefined && this.can("visit")) this.travel.toLine(line)
    }

    /** Looks at right after a collection. */
    lookAtCollection({ atMs }: { atMs: number }): void {
        // The first sample after it counts it; before, it is between two samples.
        this.lookAt(atMs)
        if (this.momentMs.value === undefined || !this.can("visit")) return
        const { samples, collections } = this.history.value!
        const before = samples.indexAt(atMs)
        const known = before < 0 ? 0 : samples.collections[before]!
        const since = before < 0 ? 0 : samples.atMs[before]!
        const later = collections.all.filter(one => one.atMs > since && one.atMs <= atMs)
        this.travel.go({ to: { kind: "collection", number: known + later.length } })
    }

    /** The moment that is looked at, in the source's milliseconds. */
    get shownMs(): number {
        return this.momentMs.value ?? this.history.value?.nowMs ?? 0
    }

    /** Every block at the moment that is looked at, in order of address; none where that is not known. */
    get blocks(): readonly HeapBlock[] {
        const map = this.history.value?.map
        if (!map) return []
        if (this.travel.visit.value) return this.travel.blocks.value
        const ms = this.momentMs.value
        return ms === undefined ? map.now.blocks : map.at(ms)
    }

    /** Stays at this moment; or goes on. */
    hold(isHeld: boolean): void {
        this.travel.leave()
        this.momentMs.value = isHeld ? this.history.value?.nowMs : undefined
    }

    toggleTheme(): void {
        this.theme.value = this.theme.value === "dark" ? "light" : "dark"
        applyTheme(this.theme.value)
        this.frame.value++
    }

    /** To the next sample or the one before; and so many further. */
    step(by: number): void {
        const history = this.history.value
        if (!history || history.samples.length === 0) return
        const { samples } = history
        const at = samples.indexAt(this.momentMs.value ?? Infinity) + by
        const last = samples.length - 1
        this.lookAt(at >= last ? undefined : samples.atMs[Math.max(0, at)])
    }

    private take(message: PageMessage): void {
        switch (message.kind) {
            case "hello":
                this.history.value = new BoardHistory(message)
                this.momentMs.value = undefined
                this.isOver.value = false
                this.isLooking.value = false
                this.forget()
                break
            case "again":
                this.history.value?.clear()
                this.isOver.value = false
                this.forget()
                this.momentMs.value = undefined
                break
            case "events":
                for (const event of message.events) this.history.value?.add(event)
                break
            case "snapshot":
                this.isLooking.value = false
                this.chosenNode.value = undefined
                this.snapshot.value = new SnapshotView(message.snapshot)
                break
            case "report":
                this.isReporting.value = false
                this.report.value = message.report
                break
            case "size":
                this.size.value = message.size
                break
            case "layouts":
                this.layouts.value = message.layouts
                break
            case "kept":
                break
            case "lessons":
                this.lessons.value = message.lessons
                break
            case "lesson": {
                const { heaps, report } = message
                const [lesson] = report.lessons
                this.lesson.value = lesson && { ...lesson, heaps }
                break
            }
            case "allocated":
                this.allocated.value = message.allocated
                break
            case "source":
                this.sources.value = new Map(this.sources.value).set(message.file, message.text)
                break
            case "visit":
                if (this.travel.come(message.visit)) this.momentMs.value = message.visit.atMs
                break
            case "notice":
                this.isReporting.value = false
                // It stands in place of what cannot be shown.
                this.isLooking.value = false
                this.travel.fail()
                this.notify(message.text)
                break
            case "over":
                this.isOver.value = true
                break
        }
        this.keeper.take(message)
        this.draw()
    }

    /** What was asked for is of a run that is no more. */
    private forget(): void {
        this.travel.reset()
        this.snapshot.value = undefined
        this.allocated.value = undefined
        this.report.value = undefined
        this.isReporting.value = false
        this.size.value = undefined
        this.layouts.value = undefined
        this.sources.value = new Map()
    }

    private notify(text: string): void {
        this.notice.value = text
        clearTimeout(this.noticeTimer)
        this.noticeTimer = setTimeout(() => (this.notice.value = ""), NOTICE_MS)
    }

    /** Once a picture of the screen, however much has come. */
    private draw(): void {
        if (this.isDrawing) return
        this.isDrawing = true
        requestAnimationFrame(() => {
            this.isDrawing = false
            this.frame.value++
        })
        // What is worked out now and then only is worked out once more when nothing else comes.
        clearTimeout(this.settleTimer)
        this.settleTimer = setTimeout(() => this.frame.value++, SETTLE_MS)
    }
}
