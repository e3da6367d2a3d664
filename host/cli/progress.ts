import type { RunProgress } from "../simulator/run"
import { createLogUpdate } from "log-update"
import { printable } from "../base/sanitize"
import { formatBytes, formatDuration, formatPercent, formatRatio } from "../base/format-units"
import type { ConsoleOutput } from "./console-output"

/** Shortest wait before anything is shown: a quick run shows nothing. Milliseconds. */
const PATIENCE_MS = 300

/** One line on a terminal's stderr that tells how far a long piece of work is, and leaves no trace. */
export class Progress {
    private readonly update: ReturnType<typeof createLogUpdate> | undefined
    private readonly began = performance.now()
    private shown = false

    constructor({ terminal }: ConsoleOutput, enabled: boolean) {
        if (enabled && terminal.isTTY) this.update = createLogUpdate(terminal, { showCursor: true })
    }

    show(text: string): void {
        if (!this.update || performance.now() - this.began < PATIENCE_MS) return
        this.shown = true
        this.update(printable(text, false))
    }

    showRun({ nowMs, usedBytes }: RunProgress, forMs: number): void {
        const elapsed = performance.now() - this.began
        this.show(
            `simulating ${formatDuration(nowMs)} of ${formatDuration(forMs)} (${formatPercent(nowMs / forMs)}) · ` +
                `${formatRatio(nowMs / elapsed)} real time · ${formatBytes(usedBytes)} used`,
        )
    }

    clear(): void {
        if (!this.shown) return
        this.shown = false
        this.update?.clear()
    }
}
