import { SimulationEvents } from "./simulation-events"
import type { Program } from "../model/program/program"
import { CLI_VERSION } from "../compiler/cli-version"
import type { Control, Source } from "../model/flow"
import type { SourceKind } from "./source-kind"
import { loadVm } from "../simulator/node/load-vm"
import type { Hands } from "../simulator/world/hands"
import type { World } from "../simulator/world/world"
import { simulate, type RunOptions } from "../simulator/run"

const SAMPLE_MS = 100

/** A simulated board, for the table. */
export const simulatedBoard: SourceKind = {
    name: "sim",
    flag: "--sim [entry]",
    text: "a simulated board, in real time, running this program",
    what: "a simulated board",
    async open(value, { build, run, flags }) {
        const options = run()
        const program = await build(value === true ? undefined : value)
        const forMs = flags.for === undefined ? undefined : options.forMs
        return watchSimulation(program, { ...options, forMs: forMs ?? Number.MAX_SAFE_INTEGER })
    },
}

/**
 * A simulated board, in real time. It tells the heap exactly; the agent, if the program has it, only its
 * structures. It stands still while nobody takes its events.
 */
export function watchSimulation(
    program: Program,
    options: Pick<RunOptions, "board" | "sampleMs" | "seed" | "forMs" | "makeWorld">,
): Source {
    const captures = new Captures()
    const inWorld = new WorldControl()
    return {
        about: {
            program: { entry: program.entry },
            board: options.board,
            vm: { version: CLI_VERSION },
        },
        how: "simulated",
        async *events(signal, wants) {
            const told = new SimulationEvents(program, options.board.heapBytes)
            const events = simulate(loadVm(), {
                sampleMs: SAMPLE_MS,
                ...options,
                ...(options.makeWorld && { makeWorld: inWorld.of(options.makeWorld) }),
                program,
                realtime: true,
                heapMap: !!wants?.heapMap,
                signal,
                isCaptureDue: () => captures.isDue(),
            })
            for await (const event of events) yield* told.tell(event)
        },
        capture: () => captures.request(),
        control: inWorld.control,
    }
}

/** What who watches may do in the world of a run. */
export class WorldControl {
    private world: World | undefined
    readonly control: Control = {
        press: () => this.ask("the buttons are pressed", hands => hands.press()),
        turn: clicks =>
            this.ask(`the knobs are turned ${clicks < 0 ? "back" : "on"}`, hands =>
                hands.turn(clicks),
            ),
    }

    /** Makes the same world, known here. */
    of(makeWorld: NonNullable<RunOptions["makeWorld"]>): NonNullable<RunOptions["makeWorld"]> {
        return seed => (this.world = makeWorld(seed))
    }

    private ask(told: string, does: (hands: Hands) => void): string {
        const hands = this.world?.hands
        if (!hands) return "there are no buttons or knobs in this world"
        does(hands)
        return told
    }
}

/** What was asked of a running simulation and is still due. */
export class Captures {
    private isWanted = false

    /** Has the whole heap told of, soon. @returns what to tell whoever asked */
    request(): string {
        this.isWanted = true
        return "exact figures taken"
    }

    /** Whether that was asked since the last time. */
    isDue(): boolean {
        const { isWanted } = this
        this.isWanted = false
        return isWanted
    }
}
