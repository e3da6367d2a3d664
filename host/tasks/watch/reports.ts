import { toJson } from "../../base/json"
import { loadVm } from "../../simulator/node/load-vm"
import type { RunOptions } from "../../simulator/run"
import type { SimulatedBoard } from "../../simulator/simulated-board"

/** A longer run is done again for so long only, in simulated milliseconds: advice is about what repeats. */
const MAX_MS = 10 * 60_000
/** Real milliseconds, after which it is told of what has run. */
const TIMEOUT_MS = 20_000

/**
 * The report of a running simulation, advice with it: the same run is done once more up to the same
 * moment, as fast as it goes, with an adviser that looks. What was done by hand since is not in it.
 */
export class Reports {
    private nowMs = 0
    private made: Promise<string> | undefined

    /** @param options of the run that is watched */
    constructor(private readonly options: Omit<RunOptions, "forMs" | "speed">) {}

    /** To be called between two steps of the run, and at its end. */
    pause({ nowMs }: SimulatedBoard): void {
        this.nowMs = nowMs
    }

    /** @returns the report as JSON; whoever asks while it is made gets the same */
    request(): Promise<string> {
        this.made ??= this.make().finally(() => (this.made = undefined))
        return this.made
    }

    private async make(): Promise<string> {
        const forMs = Math.min(MAX_MS, Math.ceil(Math.max(1000, this.nowMs)))
        // Most runs are watched without: a tab fetches it then.
        const { adviseRun } = await import("../advice-run")
        const { report } = await adviseRun(loadVm(), {
            ...this.options,
            ...{ forMs, timeoutMs: TIMEOUT_MS },
        })
        return toJson(report)
    }
}
