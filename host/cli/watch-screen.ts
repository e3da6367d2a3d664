import type { MemoryEvent } from "../model/events"
import { MemoryModel } from "../model/memory-model"
import { printable } from "../base/sanitize"
import type { Style } from "../sinks/terminal/style"
import {
    renderKeys,
    renderWatch,
    type WatchScreen as Screen,
} from "../sinks/terminal/watch-terminal"

/** A timer is a little late each time: so it is ten times a second, and not a little less. */
const FRAME_MS = 95
const ESC = "\u001b["
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}2J`
const LEAVE = `${ESC}0m${ESC}?25h${ESC}?1049l`
/** A terminal that knows these shows a frame at once; others pass over them. */
const BEGIN_FRAME = `${ESC}?2026h`
const END_FRAME = `${ESC}?2026l`
const NOTICE_MS = 3000

/** What keys ask for. */
export interface WatchKeys {
    quit(): void
    /** @returns what to tell on the screen */
    snapshot(): string
    /** @returns what to tell on the screen */
    mark(): string
}

/**
 * The terminal as one screen, redrawn ten times a second where something changed. It is given back as
 * it was when the screen closes, and when the process ends in any other way that can be noticed.
 */
export class WatchScreen {
    private readonly model = new MemoryModel()
    private readonly timer: NodeJS.Timeout
    private drawn: string[] = []
    private isDirty = true
    private isOpen = true
    private noticeUntil = 0
    private readonly screen: Screen

    constructor(
        private readonly output: NodeJS.WriteStream,
        private readonly input: NodeJS.ReadStream,
        private readonly style: Style,
        about: Pick<Screen, "program" | "source" | "board">,
        private readonly keys: WatchKeys,
    ) {
        this.screen = { ...about, isPaused: false, showsHelp: false, notice: "" }
        output.write(ENTER)
        process.on("exit", this.restore)
        // Before Node prints what went wrong: on the other screen it would be gone.
        process.on("uncaughtExceptionMonitor", this.restore)
        output.on("resize", this.resized)
        if (input.isTTY) {
            input.setRawMode(true)
            input.on("data", this.pressed)
            input.resume()
        }
        this.timer = setInterval(() => this.draw(), FRAME_MS)
    }

    add(event: MemoryEvent): void {
        this.model.add(event)
        this.isDirty = true
    }

    /** Tells something in the last line for a while, or until there is something else to tell. */
    notify(text: string, forMs = NOTICE_MS): void {
        this.screen.notice = text
        this.noticeUntil = performance.now() + forMs
        this.isDirty = true
    }

    close(): void {
        clearInterval(this.timer)
        this.output.off("resize", this.resized)
        this.input.off("data", this.pressed)
        this.restore()
        process.off("exit", this.restore)
        process.off("uncaughtExceptionMonitor", this.restore)
    }

    private readonly restore = (): void => {
        if (!this.isOpen) return
        this.isOpen = false
        if (this.input.isTTY) {
            this.input.setRawMode(false)
            this.input.pause()
        }
        this.output.write(LEAVE)
    }

    private readonly resized = (): void => {
        this.drawn = []
        this.output.write(`${ESC}2J`)
        this.draw(true)
    }

    private readonly pressed = (data: Buffer): void => {
        for (const key of data.toString("latin1")) this.press(key)
    }

    private press(key: string): void {
        const { screen } = this
        if (key === "q" || key === "\u0003") this.keys.quit()
        else if (key === "p") {
            screen.isPaused = !screen.isPaused
            this.draw(true)
        } else if (key === "?" || key === "h") screen.showsHelp = !screen.showsHelp
        else if (key === "s") this.notify(this.keys.snapshot())
        else if (key === "m") this.notify(this.keys.mark())
        this.isDirty = true
        if (key === "?" || key === "h") this.draw(true)
    }

    private draw(isForced = false): void {
        const { screen } = this
        if (screen.notice !== "" && performance.now() > this.noticeUntil) {
            screen.notice = ""
            this.isDirty = true
        }
        if (!this.isOpen || (!isForced && !this.isDirty)) return
        // A terminal too slow for frames gets the next one that it has time for.
        if (this.output.writableNeedDrain) return
        this.isDirty = false
        // A terminal that does not know its size says 0.
        const style = { ...this.style, width: this.output.columns || 80 }
        const lines =
            screen.isPaused && !isForced
                ? [...this.drawn.slice(0, -1), renderKeys(screen, style)]
                : renderWatch(this.model, screen, this.output.rows || 24, style).map(line =>
                      printable(line, true),
                  )
        let frame = ""
        lines.forEach((line, row) => {
            if (line !== this.drawn[row]) frame += `${ESC}${row + 1};1H${line}${ESC}0m${ESC}K`
        })
        this.drawn = lines
        if (frame !== "") this.output.write(BEGIN_FRAME + frame + END_FRAME)
    }
}
