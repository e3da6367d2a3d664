import type { RunProgress } from "../simulator/run"
import { createLogUpdate } from "log-update"
import { printable } from "../base/sanitize"
import { formatBytes, formatDuration, formatPercent, formatRatio } from "../base/format-units"
import { inCharacters } from "../sinks/terminal/text/ascii"
import type { ConsoleOutput } from "./console-output"

/** Shortest wait before anything is shown: a quick run shows nothing. Milliseconds. */
const PATIENCE_MS = 300
/** Share of a run after which its pace tells how long the rest takes. */
const TOLD = 0.02

/** One line on a terminal's stderr that tells how far a long piece of work is, and leaves no trace. */
export class Progress {
    private readonly update: ReturnType<typeof createLogUpdate> | undefined
    private readonly isAscii: boolean
    private readonly began = performance.now()
    private runBegan = 0
    private shown = false
    /** What is due when the first patience is over. */
    private waiting: NodeJS.Timeout | undefined

    constructor(output: ConsoleOutput, enabled: boolean) {
        this.isAscii = output.isAscii
        if (enabled && output.canRedraw)
            this.update = createLogUpdate(output.terminal, { showCursor: true })
    }

    show(text: string): void {
        const { update } = this
        if (!update) return
        clearTimeout(this.waiting)
        const draw = () => {
            this.shown = true
            update(inCharacters(printable(text, false), this.isAscii))
        }
        const soonMs = PATIENCE_MS - (performance.now() - this.began)
        if (soonMs <= 0) draw()
        // A compile says so once, at its beginning.
        else this.waiting = setTimeout(draw, soonMs).unref()
    }

    /** @param which of several runs: `list.ts on pico, 3 of 12` */
    showRun({ nowMs, usedBytes }: RunProgress, forMs: number, which?: string): void {
        const now = performance.now()
        if (this.runBegan === 0) this.runBegan = now
        const elapsed = now - this.runBegan
        const share = nowMs / forMs
        const left =
            share > TOLD && share < 1 ? [`${formatDuration(leftMs(elapsed, share))} left`] : []
        this.show(
            [
                `${which === undefined ? "" : `${which}: `}simulating ${formatDuration(nowMs)} of ${formatDuration(forMs)} (${formatPercent(share)})`,
                ...left,
                ...(elapsed > 0 ? [`${formatRatio(nowMs / elapsed)} real time`] : []),
                `${formatBytes(usedBytes)} used`,
            ].join(" · "),
        )
    }

    clear(): void {
        clearTimeout(this.waiting)
        this.runBegan = 0
        if (!this.shown) return
        this.shown = false
        this.update?.clear()
    }
}

/** At the pace so far, in whole seconds. */
function leftMs(elapsedMs: number, share: number): number {
    return Math.ceil((elapsedMs * (1 - share)) / share / 1000) * 1000
}
