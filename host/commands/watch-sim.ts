import type { MemoryEvent } from "../heap/events"
import type { Program } from "../vm/build"
import { CLI_VERSION } from "../vm/cli-package"
import { loadVm } from "../vm/load-vm"
import { run, type RunOptions } from "../vm/run"
import type { SimulatedBoard } from "../vm/simulated-board"
import { SourceLocator } from "../vm/source-locator"
import { AgentEvents } from "../link/agent-events"
import type { WatchSource } from "./watch-source"

const SAMPLE_MS = 100

/** A simulated board, in real time. It tells the heap exactly; the agent, if the program has it, only its structures. */
export function watchSimulation(
    program: Program,
    options: Pick<RunOptions, "board" | "sampleMs" | "seed" | "forMs">,
): WatchSource {
    let snapshotWanted = false
    return {
        about: {
            program: { entry: program.entry },
            board: options.board,
            vm: { version: CLI_VERSION },
        },
        how: "simulated",
        async play(sink, signal) {
            const locator = new SourceLocator(program)
            const agent = new AgentEvents(options.board.heapBytes)
            const { report } = await run(loadVm(), {
                sampleMs: SAMPLE_MS,
                ...options,
                program,
                realtime: true,
                signal,
                onEvent: (event, board) => {
                    for (const told of tell(event, board, locator, agent)) void sink(told)
                },
                onProgress: board => {
                    if (!snapshotWanted || !board.tracker.heap) return
                    snapshotWanted = false
                    const { nowMs: atMs, tracker } = board
                    void sink({ kind: "snapshot", atMs, heap: tracker.figures() })
                },
            })
            return { failed: report.outcome.kind === "panicked" }
        },
        snapshot() {
            snapshotWanted = true
            return "snapshot taken"
        },
    }
}

function tell(
    event: MemoryEvent,
    board: SimulatedBoard,
    locator: SourceLocator,
    agent: AgentEvents,
): MemoryEvent[] {
    if (event.kind === "log")
        // The simulator knows better than the agent's estimates.
        return agent.add(locator.locate(event)).filter(({ kind }) => kind !== "sample")
    if (event.kind !== "panic" || !board.death) return [event]
    const stack = locator.stackOfDeath(board.death.programCounters)
    return [{ ...event, ...(stack.length > 0 && { stack }) }]
}
