import { VERSION } from "../base/version"
import { CLI_VERSION } from "../compiler/cli-version"
import { SIM_REPORT_SCHEMA, type Asked, type Sample, type SimReport } from "../documents/sim-report"
import type { PlaceTime } from "../model/board-time"
import { lineOf, noOtherKind, sampleOf, type MemoryEvent } from "../model/events"
import type { Sink } from "../model/flow"
import { LogStore } from "../model/log-store"
import type { HeapBlock } from "../model/heap/block"
import type { Program } from "../model/program/program"

/** What a run was found to have done, once it is over. */
export interface Findings
    extends
        Required<Pick<SimReport, "outcome" | "heap" | "gc" | "trend" | "leaks" | "judgement">>,
        Required<Pick<SimReport, "boardTime" | "stack">>,
        Pick<SimReport, "world" | "scenario" | "structures"> {
    /** The heap's blocks at the end, or at the moment of death. */
    blocks: HeapBlock[]
    /** `boardTime` by place in the bytecode; empty when not asked for. */
    placeTimes: PlaceTime[]
    /** Bytecode instructions the VM executed. */
    instructions: number
    /** The run was ended by its signal. */
    interrupted: boolean
    /** Real time that it took, in whole milliseconds. */
    wallMs: number
}

/** A run's report: its events folded, and with them what the simulated board was found to have done. */
export class RunReport implements Sink {
    readonly samples: Sample[]
    private readonly log: LogStore
    private simulatedMs = 0

    /** @param before what was told of the same run until now, which stays as it is. Default: it begins */
    constructor(
        private readonly options: {
            program: Program
            board: SimReport["board"]
            asked: Asked
            leaks?: boolean
        },
        before?: RunReport,
    ) {
        this.samples = [...(before?.samples ?? [])]
        this.log = before?.log.fork() ?? new LogStore()
    }

    add(event: MemoryEvent): void {
        switch (event.kind) {
            case "sample": {
                this.samples.push(sampleOf(event))
                break
            }
            case "log": {
                this.log.add(lineOf(event))
                break
            }
            case "end":
                this.simulatedMs = event.atMs
                break
            // What these tell, the findings sum up.
            case "gc":
            case "panic":
            case "heap-map":
            case "displays":
            case "structures":
            case "figures":
            case "link":
            case "program":
            case "last-report":
            case "controls":
            case "build":
            case "service":
            case "mark":
            case "judgement":
                break
            default:
                noOtherKind(event)
        }
    }

    close(): void {}

    /** The report, once all events are in. */
    report(findings: Findings): SimReport {
        const { outcome, judgement, heap, gc, trend, leaks, world, scenario, wallMs } = findings
        const { boardTime, stack, structures } = findings
        const { program, board, asked } = this.options
        return {
            schema: SIM_REPORT_SCHEMA,
            heapscope: { version: VERSION },
            program: { entry: program.entry, bytecodeBytes: program.bytecode.length },
            board: { id: board.id, chip: board.chip, heapBytes: board.heapBytes },
            vm: { version: CLI_VERSION },
            asked,
            simulated: { ms: this.simulatedMs },
            wall: { ms: wallMs },
            ...{ outcome, judgement, heap, gc, boardTime, stack, trend },
            ...(this.options.leaks && { leaks }),
            ...(structures && { structures }),
            ...(world && { world }),
            ...(scenario && { scenario }),
            samples: this.samples,
            log: this.log.lines(),
            ...(this.log.omitted > 0 && { logOmittedLines: this.log.omitted }),
        }
    }
}
