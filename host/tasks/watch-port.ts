import { UserError } from "../base/errors"
import { formatBytesExact } from "../base/format-units"
import type { Board } from "../boards/board"
import { findBoardOfProduct } from "../boards/node/find-board"
import type { MemoryEvent } from "../model/events"
import { AgentEvents } from "../link/agent/agent-events"
import { anchorOf } from "../link/agent/anchor"
import { programStart } from "../link/agent/program-start"
import { BoardLink } from "../link/board-link"
import { deathIn, readBoardLine } from "../link/board-log"
import { findPort, type ChooseBoard } from "../link/node/find-port"
import { ServiceEvents } from "../link/jacdac/service-events"
import type { LinkState } from "../link/link"
import { isAlive } from "../model/runtime-lines"
import type { Program } from "../model/program/program"
import { SourceLocator } from "../model/program/source-locator"
import { ExactReadings } from "./exact-readings"
import { EventQueue } from "../model/event-queue"
import type { Source } from "../model/flow"
import { readExactEvery } from "./exact-every"
import { idleHeap, type IdleHeap } from "../simulator/idle-heap"
import { loadVm } from "../simulator/node/load-vm"
import { heapOfBoard } from "./snapshot-of-board"
import type { SourceFlag, SourceKind, SourceRequest } from "./source-kind"

/** What runs on a board that is reached over its wire. */
export const PROGRAM: SourceFlag = {
    flag: "--program <entry>",
    text: "with --port: what runs on the board, to name its source in traces; with --emulator: what is to run",
    elsewhere: "--program goes with --port or --emulator: --sim names its program itself.",
}
export const EXACT_EVERY: SourceFlag = {
    flag: "--exact-every <duration>",
    text: "with --port or --emulator: read the whole heap exactly this often, for which the program stands still",
    elsewhere:
        "--exact-every goes with --port or --emulator: a simulated board is exact at all times.",
}
export const NO_EXACT: SourceFlag = {
    flag: "--no-exact",
    text: "with --port or --emulator: do not read the heap of a program whose start is not known, for which it stands still once; its first estimates are wide then",
    elsewhere: "--no-exact goes with --port or --emulator: a simulated board never stands still.",
}

/** How the heap is to be read, as the flags say. @throws UserError when they contradict each other */
export function readLooks(flags: SourceRequest["flags"]) {
    const exactEveryMs =
        flags.exactEvery === undefined ? undefined : readExactEvery(String(flags.exactEvery))
    const looksFirst = flags.exact !== false
    if (exactEveryMs !== undefined && !looksFirst)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--exact-every reads the heap at once, which --no-exact is not to: leave one out.",
        )
    return { exactEveryMs, looksFirst }
}

/** A real board, for the table. */
export const boardAtPort: SourceKind = {
    name: "port",
    flag: "--port <port>",
    text: "a real board: a serial port, auto, or tcp://host:port",
    what: "a real one",
    flags: [PROGRAM, EXACT_EVERY, NO_EXACT],
    async open(value, { build, run, choose, flags }) {
        const looks = readLooks(flags)
        const { board } = run()
        const program = flags.program === undefined ? undefined : await build(String(flags.program))
        return watchPort(String(value), { board, program, ...looks }, choose)
    },
}

export interface WatchedBoard {
    board: Board
    /** What runs on the board, if known: traces then name its source. */
    program: Program | undefined
    /** Take an exact look at the heap in every so many milliseconds; without it, when asked alone. */
    exactEveryMs?: number | undefined
    /**
     * Take one by itself of a program whose start is not known, before any estimate is told. Default: true.
     */
    looksFirst?: boolean | undefined
}

/**
 * A board at a port: its log, and its heap as far as the agent in its program tells. A link that is
 * lost is opened again for as long as the watch lasts. Times are milliseconds since it began.
 * @throws UserError when the port cannot be found
 */
export async function watchPort(
    name: string,
    of: WatchedBoard,
    choose?: ChooseBoard,
): Promise<Source> {
    return watchLink(new BoardLink(await findPort(name, choose), { reconnect: true }), of)
}

/** Any number of links share it. */
let preparedVm: WebAssembly.Module | undefined
const idleHeaps = new WeakMap<Board, IdleHeap>()

/** Of many links to boards of a kind, one boots it to see. */
function idleHeapOf(vm: WebAssembly.Module, board: Board): IdleHeap {
    const known = idleHeaps.get(board) ?? idleHeap(vm, board)
    idleHeaps.set(board, known)
    return known
}

/** The board behind a link, which is closed at the end. What it says from now on waits until it is taken. */
export function watchLink(
    link: BoardLink,
    { board, program, exactEveryMs, looksFirst = true }: WatchedBoard,
): Source {
    const { address } = link
    const began = performance.now()
    const now = () => Math.round(performance.now() - began)
    const vm = (preparedVm ??= loadVm())
    let idle = idleHeapOf(vm, board)
    const startOn = (board: Board) => program && programStart(vm, board, program)
    const lookFirst = async () => {
        await looks.settled()
        if (agent.isHeld) await looks.once()
        if (agent.isHeld) agent.noLook()
    }
    const agent = new AgentEvents(
        board.heapBytes,
        idle,
        startOn(board),
        looksFirst ? () => void lookFirst() : undefined,
    )
    let taken = board
    /** The board that answers may be another than the one that was named, or that none was named for. */
    const takeFor = (other: Board): void => {
        if (other.id === taken.id) return
        taken = other
        idle = idleHeapOf(vm, other)
        agent.isOn(other.heapBytes, idle, startOn(other))
        const text = `heapscope: the board says it is ${other.id}: estimates are of its heap of ${formatBytesExact(other.heapBytes)}`
        tell({ kind: "log", atMs: now(), level: "runtime", text })
    }
    let unknownProduct: number | undefined
    const saysProduct = (productId: number | undefined): void => {
        const answers = findBoardOfProduct(productId)
        if (answers) takeFor(answers)
        if (answers || productId === undefined) return
        if (productId === unknownProduct || productId === taken.productId) return
        unknownProduct = productId
        const text = `heapscope: the board says it is product 0x${productId.toString(16)}, which is not known here: estimates are of ${taken.id}'s heap of ${formatBytesExact(taken.heapBytes)}. Name its *.board.json with --board.`
        tell({ kind: "log", atMs: now(), level: "runtime", text })
    }
    const locator = new SourceLocator(program ?? { debug: undefined, sourceFolder: "" })
    const queue = new EventQueue()
    const tell = (event: MemoryEvent): void => queue.push(event)
    let isDead = false
    const tellState = (state: LinkState): void =>
        tell({
            kind: "link",
            atMs: now(),
            phase: state.phase,
            message: messageOf(address, state),
        })
    const known = () => ({ board: taken, idleBytes: idle.usedBytes, program })
    const looks = new ExactReadings(link, known, tell, now, {
        heap: heap => agent.anchorAt(anchorOf(heap.blocks(), heap.figures())),
        facts: ({ productId }) => saysProduct(productId),
    })
    const linkChanged = (state: LinkState): void => {
        tellState(state)
        if (state.phase === "open") agent.mayLook()
        looks.linkChanged(state)
    }
    if (link.state.phase !== "closed") linkChanged(link.state)
    const services = new ServiceEvents()
    link.listen({
        frame: frame => {
            for (const event of services.add(frame, now())) tell(event)
        },
        line: text => {
            if (looks.isOwnLine(text)) return
            const line = locator.locate(readBoardLine(text, now()))
            if (line.level === "runtime" && isAlive(line)) looks.programStarted()
            for (const event of agent.add(line)) tell(event)
            const death = deathIn(line)
            // The runtime says so once more when it gives up; what prints has been started again.
            if (death && !isDead) tell(death)
            isDead = death !== undefined || (isDead && !isAlive(line))
        },
        gap: of => {
            // Of the frames that nobody took while nobody was there, there is nothing to show.
            if (of === "frames") return
            const text = "heapscope: the board left out some of its log"
            tell({ kind: "log", atMs: now(), level: "runtime", text })
        },
        state: linkChanged,
    })
    /** Until it is aborted. Never rejects: what goes wrong is told by the queue. */
    const watch = async (signal: AbortSignal): Promise<void> => {
        let failure: unknown
        try {
            if (link.state.phase === "closed") await link.open()
            if (exactEveryMs !== undefined) looks.every(exactEveryMs)
            await new Promise<void>(done => {
                if (signal.aborted) done()
                else signal.addEventListener("abort", () => done(), { once: true })
            })
        } catch (error) {
            failure = error
        }
        await looks.close()
        await link.close()
        if (failure === undefined) queue.close()
        else queue.fail(failure)
    }
    return {
        about: { program: { entry: program?.entry ?? address }, board, vm: { version: null } },
        how: address,
        isLive: true,
        async *events(signal) {
            const left = new AbortController()
            const watched = watch(AbortSignal.any([signal, left.signal]))
            try {
                yield* queue.events()
            } finally {
                left.abort()
                await watched
            }
        },
        capture: () => looks.request(),
        control: {
            look: () =>
                looks.alone(signal => {
                    const onNotice = (said: string) =>
                        tell({
                            ...{ kind: "log", atMs: now(), level: "runtime" },
                            text: `heapscope: ${said}`,
                        })
                    return heapOfBoard(link, { board: taken, program, signal, onNotice }, now)
                }),
        },
    }
}

function messageOf(address: string, { phase, message, retryInMs }: LinkState): string {
    let what = {
        closed: `${address} closed`,
        connecting: `connecting to ${address}`,
        open: `${address} talks`,
        silent: `${address} is silent`,
        lost: `${address} is lost`,
    }[phase]
    // What failed names the address itself.
    if (message?.startsWith(address)) what = message.replace(/\.$/, "")
    else if (message !== undefined) what += `: ${message}`
    const next = retryInMs === undefined ? "" : `; next attempt in ${retryInMs} ms`
    return what + next
}
