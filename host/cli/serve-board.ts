import type { Board } from "../boards/board"
import { checkProgramRoom } from "../boards/program-room"
import { UserError } from "../base/errors"
import { toJson } from "../base/json"
import { isLoopback } from "../base/node/listen-address"
import { parseTcp } from "../link/transport/parse-port"
import { BoardServer } from "../simulator/served/tcp-server"
import { VirtualBoard } from "../simulator/served/virtual-board"
import type { Program } from "../model/program/program"
import type { Door } from "../simulator/door"
import { loadVm } from "../simulator/node/load-vm"
import { flagName } from "./run-options"
import { EXIT, type CommandContext, type ExitCode } from "./command-context"

export interface ServeOptions {
    /** `tcp://host:port`; port 0 takes a free one. */
    address: string
    board: Board
    seed: number
    /** What it is connected to beside the cable. */
    door?: Door | undefined
    json: boolean
}

/** Offers a program's board on the network, as a real one on a cable, until Ctrl-C. */
export async function serveBoard(
    program: Program,
    { address, board, seed, door, json }: ServeOptions,
    { stdout, stderr, signal }: CommandContext,
): Promise<ExitCode> {
    const where = parseTcp(address)
    const { heapBytes, configuration, features } = board
    const { bytecode, settings } = program
    checkProgramRoom(program, board)
    const virtual = new VirtualBoard(loadVm(), {
        ...{ bytecode, settings, heapBytes, configuration, features, seed },
        ...(door && { door }),
    })
    const server = await BoardServer.start(virtual, where, plugged => {
        if (!json) stderr.write(plugged ? "a host is connected\n" : "the host has gone\n")
    })
    try {
        virtual.powerOn()
        if (!isLoopback(where.host))
            stderr.write(
                "Anybody who reaches this address can read this board and put programs on it.\n",
            )
        if (json)
            stdout.write(toJson({ schema: "heapscope/serve@1", address: server.address }) + "\n")
        else
            stderr.write(
                `${program.entry} runs as a ${board.id} at ${server.address} · Ctrl-C ends it\n`,
            )
        await new Promise<void>(done => {
            if (signal.aborted) done()
            else signal.addEventListener("abort", () => done(), { once: true })
        })
        return EXIT.interrupted
    } finally {
        virtual.powerOff()
        await server.close()
    }
}

/** @throws UserError when `--serve` names no address */
export function checkServeAddress(address: string): void {
    parseTcp(address)
}

/** Flags that a served board has no use for. @throws UserError naming them */
export function checkServeFlags(flags: Record<string, unknown>, names: readonly string[]): void {
    const given = names.filter(name => flags[name] !== undefined && flags[name] !== false)
    if (given.length > 0)
        throw new UserError(
            "E_FLAG_CONFLICT",
            `--serve runs until Ctrl-C and reports nothing: leave out ${given.map(flagName).join(", ")}.`,
        )
}
