import { ReportCount } from "../../analysis/fleet/report-count"
import type { AgentEvents } from "../../link/agent/agent-events"
import { parseAgentLine } from "../../link/agent/agent-line"
import type { MemoryEvent } from "../../model/events"
import type { BoardIntake } from "./fleet-source"

/** A board that sends the agent's lines, each once or more often. */
export class ReportingBoard {
    private uptimeMs = 0
    private runBefore: number | undefined
    private readonly count = new ReportCount()

    constructor(
        private readonly intake: BoardIntake,
        private readonly agent: AgentEvents,
    ) {}

    /**
     * @param receivedMs milliseconds since 1970
     * @returns false when the line is not the agent's
     */
    take(text: string, receivedMs: number): boolean {
        const read = parseAgentLine(text)
        if (!read) return false
        if (read.kind !== "report") {
            // Of what is damaged the log tells, and its number is missing then; what was kept has none.
            const { uptimeMs } = this
            if (read.kind === "kept" && read.run !== this.runBefore) {
                this.runBefore = read.run
                this.count.begins()
            }
            this.intake.tell(this.agent.add({ atMs: uptimeMs, level: "log", text }), { receivedMs })
            return true
        }
        const { seq, uptimeMs } = read
        // What comes twice would look like another start of the program to the agent's reader.
        const isNew = this.count.take(seq, uptimeMs)
        const line = { atMs: uptimeMs, level: "log", text } as const
        const told: MemoryEvent[] = isNew ? this.agent.add(line) : []
        // A report without figures is one, too.
        const events: MemoryEvent[] = told.length > 0 ? told : [{ kind: "log", ...line }]
        if (this.intake.board.isHere !== true) events.unshift(linkEvent(uptimeMs, "open"))
        this.uptimeMs = uptimeMs
        this.intake.tell(events, { receivedMs, sequence: seq })
        return true
    }

    /** It is not there any more. */
    leave(): void {
        if (this.intake.board.isHere === true) this.intake.gone()
    }
}

function linkEvent(atMs: number, phase: "open"): MemoryEvent {
    return { kind: "link", atMs, phase, message: "" }
}
