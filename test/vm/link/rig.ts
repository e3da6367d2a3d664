import { setTimeout as sleep } from "node:timers/promises"
import { findBoard } from "../../../host/boards/node/find-board"
import type { Link, LinkListener } from "../../../host/link/link"
import { BoardServer } from "../../../host/simulator/served/tcp-server"
import {
    VirtualBoard,
    type VirtualBoardOptions,
} from "../../../host/simulator/served/virtual-board"
import type { MemoryEvent } from "../../../host/model/events"
import type { Sink } from "../../../host/model/flow"
import { build, vm } from "../harness"

/** A sink that puts every event at the end of a list. */
export function listOf(events: MemoryEvent[]): Sink {
    return { add: event => void events.push(event), close: () => undefined }
}

/** A Pico, pins and all, with a program of `test/vm/programs`, served on a free port of this machine. */
export async function serve(name: string, options: Partial<VirtualBoardOptions> = {}) {
    const { bytecode } = await build(name)
    const { heapBytes, configuration, features } = findBoard("pico")
    const board = new VirtualBoard(vm, {
        ...{ bytecode, heapBytes, configuration, features, bootMs: 0, faultMs: 50 },
        ...options,
    })
    const server = await BoardServer.start(board, { host: "127.0.0.1", port: 0 })
    board.powerOn()
    const { port } = new URL(server.address)
    return {
        board,
        server,
        address: server.address,
        port: Number(port),
        close: async () => {
            board.powerOff()
            await server.close()
        },
    }
}

/** Waits until something is true. @throws Error when it does not become so */
export async function until(isTrue: () => boolean, timeoutMs = 60_000): Promise<void> {
    const end = performance.now() + timeoutMs
    while (!isTrue()) {
        if (performance.now() > end) throw new Error(`still not: ${isTrue.toString()}`)
        await sleep(5)
    }
}

/**
 * Resets a board, and waits until its link was lost, which may be for a moment only, and is open again.
 * @param reset has the board leave the bus
 */
export async function comesBack(link: Link, reset: () => void): Promise<void> {
    let wasLost = link.state.phase !== "open"
    const stop = link.listen({ state: ({ phase }) => void (wasLost ||= phase !== "open") })
    try {
        reset()
        await until(() => wasLost && link.state.phase === "open")
    } finally {
        stop()
    }
}

/** Keeps all that a link tells. */
export function record(link: Link) {
    const lines: string[] = []
    const frames: Uint8Array[] = []
    const phases: string[] = []
    const gaps: string[] = []
    const listener: LinkListener = {
        line: line => lines.push(line),
        frame: frame => frames.push(frame),
        state: ({ phase }) => phases.push(phase),
        gap: of => gaps.push(of),
    }
    link.listen(listener)
    return { lines, frames, phases, gaps }
}

/** The numbers that the `counting` program printed, in order. */
export function counts(lines: string[]): number[] {
    return lines.flatMap(line => {
        const match = /^> count (\d+)$/.exec(line)
        return match ? [Number(match[1])] : []
    })
}
