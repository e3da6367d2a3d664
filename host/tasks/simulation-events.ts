import type { MemoryEvent } from "../model/events"
import type { Program } from "../model/program/program"
import { SourceLocator } from "../model/program/source-locator"
import { AgentEvents } from "../link/agent/agent-events"

/**
 * What a simulated board tells, as a real one on a wire would have it told: the lines of the program's
 * agent become the figures of its structures, and traces name the source.
 */
export class SimulationEvents {
    private readonly locator: SourceLocator
    private readonly agent: AgentEvents

    /** @param heapBytes nominal size of the board's heap */
    constructor(program: Pick<Program, "debug" | "sourceFolder">, heapBytes: number) {
        this.locator = new SourceLocator(program)
        this.agent = new AgentEvents(heapBytes)
    }

    tell(event: MemoryEvent): MemoryEvent[] {
        if (event.kind !== "log") return [event]
        // The simulator knows better than the agent's estimates.
        return this.agent.add(this.locator.locate(event)).filter(({ kind }) => kind !== "sample")
    }
}
