import { createLogUpdate } from "log-update"
import { formatBytes, formatDuration, formatPercent, formatRatio } from "../base/format-units"

/** Shortest wait before anything is shown: a quick run shows nothing. Milliseconds. */
const PATIENCE_MS = 300

/** One line on a terminal's stderr that tells how far a long piece of work is, and leaves no trace. */
export class Progress {
    private readonly update: ReturnType<typeof createLogUpdate> | undefined
    private readonly began = performance.now()
    private shown = false

    constructor(stream: NodeJS.WriteStream, enabled: boolean) {
        if (enabled && stream.isTTY) this.update = createLogUpdate(stream, { showCursor: true })
    }

    show(text: string): void {
        if (!this.update || performance.now() - this.began < PATIENCE_MS) return
        this.shown = true
        this.update(text)
    }

    showRun(nowMs: number, forMs: number, usedBytes: number): void {
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
