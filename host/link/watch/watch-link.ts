import { formatBytesExact } from "../../base/format-units"
import { untilAborted } from "../../base/pause"
import type { Board } from "../../boards/board"
import type { LifeAtHand } from "../../analysis/trend/program-forecast"
import { EventQueue } from "../../model/event-queue"
import type { MemoryEvent } from "../../model/events"
import type { Source } from "../../model/flow"
import type { Program } from "../../model/program/program"
import { SourceLocator } from "../../model/program/source-locator"
import { isAlive } from "../../model/runtime-lines"
import { AgentEvents } from "../agent/agent-events"
import { anchorOf } from "../agent/anchor"
import type { BoardLink } from "../board-link"
import { deathIn, readBoardLine } from "../board-log"
import { ServiceEvents } from "../jacdac/service-events"
import type { LinkState } from "../link"
import { ExactReadings } from "./exact-readings"
import { heapOfBoard } from "./heap-of-board"
import type { KnownBoards } from "./known-boards"

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
    /** How the program lives and dies on a board, as soon as that is known. Default: nobody knows. */
    life?: ((board: Board, program: Program) => LifeAtHand | undefined) | undefined
}

/** The board behind a link, which is closed at the end. What it says from now on waits until it is taken. */
export function watchLink(
    link: BoardLink,
    { board, program, exactEveryMs, looksFirst = true, life }: WatchedBoard,
    known: KnownBoards,
): Source {
    const { address } = link
    const began = performance.now()
    const now = () => Math.round(performance.now() - began)
    let idle = known.idle(board)
    const startOn = (board: Board) => program && known.start?.(board, program)
    const lifeOn = (board: Board) => program && life?.(board, program)
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
        { life: lifeOn(board) },
    )
    let taken = board
    /** The board that answers may be another than the one that was named, or that none was named for. */
    const takeFor = (other: Board): void => {
        if (other.id === taken.id) return
        taken = other
        idle = known.idle(other)
        agent.isOn(other.heapBytes, idle, startOn(other), lifeOn(other))
        const text = `heapscope: the board says it is ${other.id}: estimates are of its heap of ${formatBytesExact(other.heapBytes)}`
        tell({ kind: "log", atMs: now(), level: "runtime", text })
    }
    /** What the program at hand lived like tells nothing of another. */
    const runsAnother = (): void => {
        if (!program || !life) return
        agent.runsAnother()
        const text = `heapscope: the board does not run ${program.entry} as it is here: its death is foretold from its reports alone`
        tell({ kind: "log", atMs: now(), level: "runtime", text })
    }
    let unknownProduct: number | undefined
    const saysProduct = (productId: number | undefined): void => {
        const answers = known.ofProduct(productId)
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
    const watched = () => ({ board: taken, idleBytes: idle.usedBytes, program })
    const looks = new ExactReadings(link, watched, tell, now, {
        heap: heap => agent.anchorAt(anchorOf(heap.blocks(), heap.figures())),
        facts: ({ productId }) => saysProduct(productId),
        otherProgram: runsAnother,
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
            await untilAborted(signal)
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
                    const of = { board: taken, program, known, signal, onNotice }
                    return heapOfBoard(link, of, now)
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
