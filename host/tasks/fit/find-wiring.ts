import type { Board } from "../../boards/board"
import { boardPins } from "../../boards/board-pins"
import type { BoardWiring } from "../../documents/boards/boards-report"
import { ranMs } from "../../documents/sim-report"
import type { Program } from "../../model/program/program"
import { loadVm } from "../../simulator/node/load-vm"
import { PinUses } from "../../simulator/observers/pin-uses"
import { run } from "../../simulator/run"
import type { World } from "../../simulator/world/world"

/** How a program is to be run. */
export interface WiringRequest {
    board: Board
    seed: number
    makeWorld: (seed: number, of: Program) => World
    /** Simulated milliseconds. */
    forMs: number
    signal?: AbortSignal
}

/** Runs a program on a board and tells what it uses each pin for, and what is on its I2C bus. */
export async function findWiring(program: Program, request: WiringRequest): Promise<BoardWiring> {
    const { board, makeWorld, ...options } = request
    const uses = new PinUses()
    const { report } = await run(loadVm(), {
        ...{ ...options, program, board },
        makeWorld: (seed, of) => uses.listen(makeWorld(seed, of)),
    })
    const names = new Map(boardPins(board).map(({ gpio, name }) => [gpio, name]))
    const { kind, message } = report.outcome
    const addresses = report.world?.addresses ?? []
    return {
        ...{ entry: program.entry, ranMs: ranMs(report) },
        ...(kind === "panicked" && message !== undefined && { ended: message }),
        pins: uses.all().map(pin => {
            const name = names.get(pin.gpio)
            return { ...pin, ...(name !== undefined && { name }) }
        }),
        i2c: addresses.map(({ address, device }) => ({
            address,
            ...(device !== undefined && { device }),
        })),
    }
}
