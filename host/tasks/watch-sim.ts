import { SimulationEvents } from "./simulation-events"
import type { Program } from "../model/program/program"
import { CLI_VERSION } from "../compiler/cli-version"
import { loadVm } from "../simulator/node/load-vm"
import { run, type RunOptions } from "../simulator/run"
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
            const events = new SimulationEvents(program, options.board.heapBytes)
            const { report } = await run(loadVm(), {
                sampleMs: SAMPLE_MS,
                ...options,
                program,
                realtime: true,
                signal,
                onEvent: (event, board) => {
                    for (const told of events.tell(event, board)) void sink(told)
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
