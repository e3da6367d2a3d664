import { once } from "node:events"
import type { MemoryEvent } from "../../model/events"
import type { Sink } from "../../model/flow"
import { capacityFor } from "../../model/heap/heap-memory"
import type { WitnessAbout } from "../../analysis/outcome/event-witness"
import { PacedWitness } from "../../analysis/outcome/paced-witness"
import { MemoryModel } from "../../model/memory-model"
import { printable } from "../../base/sanitize"
import type { ScreenKeys } from "../screen-keys"
import type { SinkKind, TextOutput } from "../sink-kind"
import { inCharacters } from "./text/ascii"
import type { Style } from "./text/style"
import { renderKeys, renderWatch, type WatchScreen as Screen } from "./watch-terminal"

/** A timer is a little late each time: so it is ten times a second, and not a little less. */
const FRAME_MS = 95
const ESC = "\u001b["
const ENTER = `${ESC}?1049h${ESC}?25l${ESC}2J`
const LEAVE = `${ESC}0m${ESC}?25h${ESC}?1049l`
/** A terminal that knows these shows a frame at once; others pass over them. */
const BEGIN_FRAME = `${ESC}?2026h`
const END_FRAME = `${ESC}?2026l`
const NOTICE_MS = 3000
/** The arrow keys, as a terminal sends them. */
const LEFT = `${ESC}D`
const RIGHT = `${ESC}C`
/** How far an arrow goes, in milliseconds of who watches. */
const SEEK_MS = 10_000

/** The live screen, where there is a terminal. */
export const terminalScreen: SinkKind = {
    name: "screen",
    wants: ({ show }) => ({ heapMap: true, displays: !!show }),
    isWanted: ({ flags, stdout }) => stdout.canRedraw && !flags.json,
    open({ about, how, stdout, stdin, style, keys, announced, signal }) {
        const { id, chip, heapBytes } = about.board
        const board = { id, chip, capacityBytes: capacityFor(heapBytes) }
        const shown = { program: about.program.entry, source: how, board, announced }
        return new WatchScreen(stdout, stdin, style, shown, about, keys, signal)
    },
}

/**
 * The terminal as one screen, redrawn ten times a second where something changed. It is given back as
 * it was when the screen closes, and when the process ends in any other way that can be noticed.
 */
export class WatchScreen implements Sink {
    private model = new MemoryModel()
    private witness: PacedWitness
    private readonly timer: NodeJS.Timeout
    private drawn: string[] = []
    private isDirty = true
    private isOpen = true
    private noticeUntil = 0
    private readonly screen: Screen
    private readonly output: NodeJS.WriteStream
    private readonly isAscii: boolean

    constructor(
        { terminal, isAscii }: Pick<TextOutput, "terminal" | "isAscii">,
        private readonly input: NodeJS.ReadStream,
        private readonly style: Style,
        about: Pick<Screen, "program" | "source" | "board" | "announced">,
        private readonly judgedAbout: WitnessAbout,
        private readonly keys: ScreenKeys,
        /** Aborted when nobody wants to see more. */
        private readonly signal: AbortSignal,
    ) {
        this.output = terminal
        this.isAscii = isAscii
        this.screen = { ...about, isPaused: false, helpPage: 0, notice: "" }
        this.witness = new PacedWitness(judgedAbout)
        terminal.write(ENTER)
        process.on("exit", this.restore)
        // Before Node prints what went wrong: on the other screen it would be gone.
        process.on("uncaughtExceptionMonitor", this.restore)
        terminal.on("resize", this.resized)
        if (input.isTTY) {
            input.setRawMode(true)
            input.on("data", this.pressed)
            input.resume()
        }
        this.timer = setInterval(() => this.draw(), FRAME_MS)
    }

    add(event: MemoryEvent): void {
        this.model.add(event)
        this.witness.add(event)
        this.isDirty = true
    }

    /** Tells something in the last line for a while, or until there is something else to tell. */
    notify(text: string, forMs = NOTICE_MS): void {
        this.screen.notice = text
        this.noticeUntil = performance.now() + forMs
        this.isDirty = true
    }

    /** What is over stays on the screen until somebody quits. */
    async close(): Promise<void> {
        if (!this.signal.aborted) {
            this.notify("that was all: q quits", Infinity)
            await once(this.signal, "abort")
        }
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
        const keys = data.toString("latin1").replaceAll(LEFT, "<").replaceAll(RIGHT, ">")
        for (const key of keys) this.press(key)
    }

    private press(key: string): void {
        const { screen } = this
        if (key === "\u0003") this.keys.interrupt()
        else if (key === "?" || key === "h") {
            screen.helpPage++
            this.draw(true)
        } else if (screen.helpPage > 0) {
            screen.helpPage = 0
            this.draw(true)
        } else if (key === "q") this.keys.quit()
        else if (key === "p") {
            screen.isPaused = !screen.isPaused
            this.draw(true)
        } else if (key === "s") this.notify(this.keys.capture?.() ?? "not here")
        else if (key === "<") this.seek(-SEEK_MS)
        else if (key === ">") this.seek(SEEK_MS)
        else if (key === "m") this.notify(this.keys.mark?.() ?? "not here")
        this.isDirty = true
    }

    /** The screen as it was, but for its last lines. */
    private standing(keys: readonly string[]): string[] {
        return [...this.drawn.slice(0, Math.max(0, this.drawn.length - keys.length)), ...keys]
    }

    /** With what it comes to so far. */
    private judged(): Screen {
        const judgement = this.witness.judgement(performance.now())
        if (judgement) this.screen.judgement = judgement
        return this.screen
    }

    private seek(byMs: number): void {
        const told = this.keys.seek?.(byMs)
        this.notify(told ?? "only a recording goes back and on")
        // All up to there is told again.
        if (told === undefined || byMs >= 0) return
        this.model = new MemoryModel()
        this.witness = new PacedWitness(this.judgedAbout)
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
                ? this.standing(renderKeys(screen, style))
                : renderWatch(this.model, this.judged(), this.output.rows || 24, style).map(line =>
                      inCharacters(printable(line, true), this.isAscii),
                  )
        let frame = ""
        lines.forEach((line, row) => {
            if (line !== this.drawn[row]) frame += `${ESC}${row + 1};1H${line}${ESC}0m${ESC}K`
        })
        this.drawn = lines
        if (frame !== "") this.output.write(BEGIN_FRAME + frame + END_FRAME)
    }
}
