import { sleep } from "../../base/pause"
import { parseDuration } from "../../base/parse-units"
import { SeededRandom } from "../../base/seeded-random"
import type { Told } from "../../analysis/fleet/fleet-board"
import type { BoardsConfig } from "../../documents/fleet/fleet-config"
import type { MemoryEvent } from "../../model/events"
import { loadVm } from "../../simulator/node/load-vm"
import { simulate } from "../../simulator/run"
import { SimulationEvents } from "../simulation-events"
import { countOf } from "./flag-values"
import type { BoardIntake, FleetIntake, FleetSourceKind } from "./fleet-source"
import { varied } from "./varied-report"

type Config = Extract<BoardsConfig, { simulate: unknown }>

/** Each takes a hundredth of a core. */
const DEFAULT_REAL = 20
const DEFAULT_EVERY = "1s"
const MOST = 10_000
/** A program that has died is started again after so long, as the firmware does. Milliseconds. */
const RESTART_MS = 8000

/** Simulated boards, for the table: some run the program, the others vary what those report. */
export const simulatedBoards: FleetSourceKind<Config> = {
    key: "simulate",
    flags: [
        {
            flag: "--simulate <number>",
            text: "so many simulated boards, for trying it out: up to 20 run the program, the others vary their reports",
        },
        { flag: "--program <entry>", text: "what simulated boards run (default: this project's)" },
        { flag: "--board <id>", text: "which board the simulated ones are" },
    ],
    fromFlags({ simulate, program, board }) {
        if (simulate === undefined) return []
        const of = {
            ...(program !== undefined && { program: String(program) }),
            ...(board !== undefined && { board: String(board) }),
        }
        return [{ simulate: countOf("--simulate", simulate, MOST), ...of }]
    },
    async open(config, { build, settings }) {
        const { simulate: count, every = DEFAULT_EVERY } = config
        const program = await build(config.program)
        const { board, seed, makeWorld } = settings(config, program)
        const sampleMs = typeof every === "number" ? every : parseDuration(every)
        const real = Math.min(count, config.real ?? DEFAULT_REAL)
        const about = { program: { entry: program.entry }, board, vm: { version: null } }

        /** One that is simulated, and those that vary what it reports. */
        async function runFrom(index: number, intake: FleetIntake, signal: AbortSignal) {
            const random = new SeededRandom(seed + index)
            const boards: Variation[] = []
            for (let at = index; at < count; at += real) {
                const name = `${board.id}-${String(at + 1).padStart(4, "0")}`
                const taken = intake.board({ name, about })
                const [shift, delay] = [random.fraction(), random.fraction() * sampleMs]
                if (taken)
                    boards.push({
                        intake: taken,
                        ...(at === index ? { shift: 0, delayMs: 0 } : { shift, delayMs: delay }),
                    })
            }
            // Not all at the same moment of a second.
            await sleep(random.fraction() * sampleMs, signal)
            while (!signal.aborted) {
                const told = new SimulationEvents(program, board.heapBytes)
                const events = simulate(loadVm(), {
                    ...{ program, board, sampleMs, speed: 1, signal },
                    ...{ seed: (seed + index) >>> 0, forMs: Number.MAX_SAFE_INTEGER },
                    ...(makeWorld && { makeWorld }),
                })
                let sequence = 0
                for await (const event of events)
                    for (const reported of told.tell(event).filter(isReported)) {
                        const numbered = reported.kind === "sample" ? { sequence: sequence++ } : {}
                        for (const one of boards) report(one, reported, numbered, signal)
                    }
                await sleep(RESTART_MS, signal)
            }
            for (const one of boards) one.intake.gone()
        }

        return {
            how: "simulated",
            async run(intake, signal) {
                if (real < count)
                    intake.notify(
                        `${real} boards are simulated; the other ${count - real} vary their reports, which are made up so far`,
                    )
                await Promise.all(
                    Array.from({ length: real }, (_, index) => runFrom(index, intake, signal)),
                )
            },
        }
    },
}

/** A board that reports what another one does, a little later and of a little more. */
interface Variation {
    intake: BoardIntake
    /** As `varied` has it. */
    shift: number
    delayMs: number
}

function report(
    { intake, shift, delayMs }: Variation,
    event: MemoryEvent,
    told: Partial<Told>,
    signal: AbortSignal,
): void {
    const tell = () => intake.tell([varied(event, shift)], told)
    if (delayMs === 0) return tell()
    const timer = setTimeout(() => {
        if (!signal.aborted) tell()
    }, delayMs)
    timer.unref()
}

/** What a board that is out there could tell. */
function isReported({ kind }: MemoryEvent): boolean {
    return kind === "sample" || kind === "structures" || kind === "panic"
}
