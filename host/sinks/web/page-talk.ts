import { snapshotOfWhole } from "../../analysis/snapshot/snapshot-of-whole"
import { UserError } from "../../base/errors"
import type { ProgramLayouts } from "../../documents/layout/program-layouts"
import { readPageRequest, type PageMessage, type PageRequest } from "../../documents/page-messages"
import type { SimReport } from "../../documents/sim-report"
import type { SizeReport } from "../../documents/size/size-report"
import type { MemoryEvent } from "../../model/events"
import type { SourceAbout } from "../../model/flow"
import type { RunMoment } from "../../model/run-moment"
import type { ScreenKeys } from "../screen-keys"
import { EventHistory } from "./event-history"
import { TabFeed, type TabConnection } from "./tab-feed"

/** A screen shows no more than so many pictures a second. Milliseconds. */
const FLUSH_MS = 50
/** What is answered with more than a line of text. */
const LARGE = {
    ...{ snapshot: true, allocated: true, report: true, kept: true, source: true, lesson: true },
    ...{ size: true, layouts: true },
} as const

type Visiting = Extract<PageRequest, { kind: "visit" }>

/** What is watched, as its tabs are told of it first, and what may be asked of it. */
export interface TalkAbout {
    about: SourceAbout
    /** How the board is reached, for people. */
    how: string
    /** What it tells is long past. */
    isPast?: boolean
    keys: ScreenKeys
}

/** A tab, whichever way it is reached. */
export interface Tab extends TabConnection {
    /** It is there still. */
    readonly isOpen: boolean
}

/**
 * What the tabs of the live page are told, and what they ask answered, whichever way they are reached: the
 * WebSockets of a server, or the messages of a worker in the tab itself. None of them holds the source back.
 */
export class PageTalk {
    private readonly history = new EventHistory()
    private readonly feeds = new Map<Tab, TabFeed>()
    private readonly hello: PageMessage
    /** The next flush, when one is due. */
    private timer: ReturnType<typeof setTimeout> | undefined
    private flushedAt = -Infinity

    constructor(private readonly talk: TalkAbout) {
        const { about, how, keys, isPast = false } = talk
        const can: PageRequest["kind"][] = ["mark", "kept"]
        if (keys.capture) can.push("capture")
        if (keys.seek) can.push("seek")
        if (keys.hand) can.push("hand")
        if (keys.look) can.push("snapshot")
        if (keys.allocated) can.push("allocated")
        if (keys.report) can.push("report")
        if (keys.size) can.push("size")
        if (keys.layouts) can.push("layouts")
        if (keys.lesson) can.push("lesson")
        if (keys.sourceText) can.push("source")
        if (keys.visit) can.push("visit")
        this.hello = { kind: "hello", about, how, isPast, can }
    }

    add(event: MemoryEvent): void {
        const isAgain = this.history.add(event)
        for (const feed of this.feeds.values()) {
            if (isAgain) feed.again()
            feed.add(event)
        }
        this.flushSoon()
    }

    /** The source has told all. */
    over(): void {
        this.flush()
        for (const feed of this.feeds.values()) feed.tell({ kind: "over" })
    }

    /** Tells nobody anything more. */
    close(): void {
        clearTimeout(this.timer)
        this.feeds.clear()
    }

    /** A tab has come, and is told all there is. */
    meet(tab: Tab): void {
        const feed = new TabFeed(tab, this.history, this.hello)
        this.feeds.set(tab, feed)
        feed.flush()
    }

    leave(tab: Tab): void {
        this.feeds.delete(tab)
    }

    /** A tab says something: what is no request is passed over. */
    hear(tab: Tab, text: string): void {
        const request = readPageRequest(text)
        const feed = this.feeds.get(tab)
        if (request && feed) void this.answer(request, feed)
    }

    private async answer(request: PageRequest, feed: TabFeed): Promise<void> {
        const { keys } = this.talk
        // A tab that has not taken the last of these, which are large, gets the next when it has.
        if (feed.isBehind && request.kind in LARGE) {
            feed.postponed.add(request)
            return this.flushSoon()
        }
        switch (request.kind) {
            case "snapshot":
                return this.orWhyNot(feed, this.look(request.at))
            case "visit":
                return this.orWhyNot(feed, this.visit(request))
            case "allocated":
                if (!keys.allocated) return
                return feed.tell({ kind: "allocated", allocated: await keys.allocated() })
            case "report":
                return keys.report && this.orWhyNot(feed, this.report())
            case "size": {
                if (!keys.size) return
                return feed.tell({ kind: "size", size: JSON.parse(keys.size()) as SizeReport })
            }
            case "layouts": {
                if (!keys.layouts) return
                const layouts = JSON.parse(await keys.layouts()) as ProgramLayouts
                return feed.tell({ kind: "layouts", layouts })
            }
            case "lesson":
                return this.orWhyNot(feed, this.lesson(request.name))
            case "kept":
                return feed.tell({ kind: "kept", events: this.history.events() })
            case "source": {
                const text = keys.sourceText?.(request.file)
                return feed.tell({
                    ...{ kind: "source", file: request.file },
                    ...(text !== undefined && { text }),
                })
            }
        }
        const text = answer(request, keys)
        if (text !== undefined) feed.tell({ kind: "notice", text })
    }

    /** What is run for an answer may fail where what is watched has not. */
    private async orWhyNot(feed: TabFeed, made: Promise<PageMessage | undefined>): Promise<void> {
        try {
            const message = await made
            if (message) feed.tell(message)
        } catch (error) {
            if (!(error instanceof UserError)) throw error
            feed.tell({ kind: "notice", text: error.message })
        }
    }

    private async report(): Promise<PageMessage> {
        const report = JSON.parse((await this.talk.keys.report?.()) ?? "null") as SimReport
        return { kind: "report", report }
    }

    private async lesson(name: string | undefined): Promise<PageMessage> {
        const { keys } = this.talk
        if (name === undefined || !keys.lesson)
            return { kind: "lessons", lessons: keys.lessons?.() ?? [] }
        return { kind: "lesson", ...(await keys.lesson(name)) }
    }

    private async visit({ kind: _, ...request }: Visiting): Promise<PageMessage | undefined> {
        const visit = await this.talk.keys.visit?.(request)
        return visit && { kind: "visit", visit }
    }

    private async look(at: RunMoment | undefined): Promise<PageMessage | undefined> {
        const { about, keys } = this.talk
        const heap = await keys.look?.(at)
        if (!heap) return undefined
        const snapshot = snapshotOfWhole(heap, about)
        return { kind: "snapshot", snapshot }
    }

    /** With what else is told in the same turn; at once, when there was nothing to tell of late. */
    private flushSoon(): void {
        if (this.timer || this.feeds.size === 0) return
        const waitMs = this.flushedAt + FLUSH_MS - performance.now()
        this.timer = setTimeout(() => this.flush(), Math.max(0, waitMs))
    }

    /** Tells what there is. */
    flush(): void {
        clearTimeout(this.timer)
        this.timer = undefined
        this.flushedAt = performance.now()
        for (const [tab, feed] of this.feeds) {
            if (!tab.isOpen) continue
            feed.flush()
            // One at a time: it may be behind again after it.
            const request = feed.isBehind ? undefined : feed.postponed.take()
            if (request) void this.answer(request, feed)
        }
        // Who did not keep up gets the rest later.
        if ([...this.feeds].some(([{ isOpen }, feed]) => isOpen && isLate(feed))) this.flushSoon()
    }
}

/** There is something that its tab has not been told yet. */
function isLate({ isBehind, postponed }: TabFeed): boolean {
    return isBehind || !postponed.isEmpty
}

/** @returns what to tell whoever asked */
function answer(
    request: Exclude<PageRequest, { kind: keyof typeof LARGE | "visit" }>,
    keys: ScreenKeys,
): string | undefined {
    switch (request.kind) {
        case "capture":
            return keys.capture?.()
        case "mark":
            return keys.mark?.()
        case "seek":
            return keys.seek?.(request.byMs)
        case "hand": {
            const { kind: _, ...action } = request
            return keys.hand?.(action)
        }
    }
}
