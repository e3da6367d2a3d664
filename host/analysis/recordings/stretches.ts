import type { MemoryEvent } from "../../model/events"
import { runningProgram } from "../../model/runtime-lines"

/** Part of a recording with one program on the board. */
export interface Stretch {
    /** Number of its first event, from 0. */
    from: number
    /** Undefined where the board never told. */
    sha256: string | undefined
}

/**
 * Which program each part of a recording is of. A board is asked a moment after it is connected: what
 * came since then is of the program that it names.
 */
export class StretchFinder {
    readonly stretches: Stretch[] = [{ from: 0, sha256: undefined }]
    private count = 0
    private isNew = true

    add(event: MemoryEvent): void {
        const at = this.count++
        const last = this.stretches.at(-1)!
        if (event.kind === "link" && event.phase !== "open" && event.phase !== "silent") {
            // It may come back as another: until it says so, it is what it was.
            if (!this.isNew) this.stretches.push({ from: at, sha256: last.sha256 })
            this.isNew = true
            return
        }
        const sha256 = programTold(event)
        if (sha256 === undefined) return
        if (this.isNew || last.sha256 === undefined) last.sha256 = sha256
        else if (sha256 !== last.sha256) this.stretches.push({ from: at, sha256 })
        this.isNew = false
    }

    /** Hashes of the programs, in the order in which they were first there. */
    get programs(): string[] {
        return [...new Set(this.stretches.flatMap(({ sha256 }) => sha256 ?? []))]
    }
}

/** The program that an event names: as the board answered, or as its runtime says at each start and trace. */
function programTold(event: MemoryEvent): string | undefined {
    if (event.kind === "program") return event.sha256
    return event.kind === "log" ? runningProgram(event) : undefined
}
