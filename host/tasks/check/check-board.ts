import { BoardFigures } from "../../analysis/budgets/board-figures"
import { judgeBoard } from "../../analysis/budgets/judge-board"
import { EventWitness } from "../../analysis/outcome/event-witness"
import { sha256 } from "../../base/sha256"
import type { BoardCheckReport } from "../../documents/check/board-check"
import type { Budget } from "../../documents/check/report"
import type { MemoryEvent } from "../../model/events"
import type { Source } from "../../model/flow"
import type { Program } from "../../model/program/program"
import { play } from "../play"

export interface CheckBoardOptions {
    /** Real milliseconds to watch for. */
    forMs: number
    budgets: readonly Budget[]
    /** What is to run on it, if that is known. */
    program: Program | undefined
    /** The heap is read exactly now and then. */
    readsExactly: boolean
    signal: AbortSignal
    /** Told now and then of how long it has been watched, in milliseconds. */
    onProgress?: (watchedMs: number) => void
}

const PROGRESS_MS = 500

/**
 * Watches a real board for a while, and holds what it tells against budgets.
 * @throws what the source does, as for a port that cannot be opened
 */
export async function checkBoard(
    source: Source,
    { forMs, budgets, program, readsExactly, signal, onProgress }: CheckBoardOptions,
): Promise<BoardCheckReport> {
    const { about, how } = source
    const figures = new BoardFigures(about.board.heapBytes, readsExactly)
    const witness = new EventWitness(about)
    const expected = program && (await sha256(program.bytecode))
    let deaths = 0
    let isOther = false
    const sink = {
        add: (event: MemoryEvent) => {
            figures.add(event)
            witness.add(event)
            if (event.kind === "panic") deaths++
            if (event.kind === "program" && expected !== undefined)
                isOther = event.sha256 !== expected
        },
        close: () => undefined,
    }
    const enough = new AbortController()
    const began = performance.now()
    const timer = setTimeout(() => enough.abort(), forMs)
    const ticker = setInterval(() => onProgress?.(performance.now() - began), PROGRESS_MS)
    try {
        await play(source, [sink], AbortSignal.any([signal, enough.signal]))
    } finally {
        clearTimeout(timer)
        clearInterval(ticker)
    }
    return judgeBoard(budgets, {
        ...{ address: how ?? about.program.entry, program: { entry: about.program.entry } },
        board: { id: about.board.id, heapBytes: about.board.heapBytes },
        watchedMs: performance.now() - began,
        ...{ figures, judgement: witness.judgement(), deaths, isOther },
        isInterrupted: signal.aborted,
    })
}
