import type { Board } from "../../boards/board"
import { checkProgramRoom } from "../../boards/program-room"
import { UserError } from "../../base/errors"
import { toJson } from "../../base/json"
import { isLoopback } from "../../base/node/listen-address"
import { untilAborted } from "../../base/pause"
import { parseTcp } from "../../link/transport/parse-port"
import { BoardServer } from "../../simulator/served/tcp-server"
import { VirtualBoard } from "../../simulator/served/virtual-board"
import type { Program } from "../../model/program/program"
import type { Door } from "../../simulator/door"
import { loadVm } from "../../simulator/node/load-vm"
import { flagName } from "../run-options"
import { EXIT, type CommandContext, type ExitCode } from "../command-context"

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
    context: CommandContext,
): Promise<ExitCode> {
    const { stderr, signal } = context
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
        tellServed(
            where.host,
            server.address,
            `${program.entry} runs as a ${board.id}`,
            json,
            context,
        )
        await untilAborted(signal)
        return EXIT.interrupted
    } finally {
        virtual.powerOff()
        await server.close()
    }
}

/** Says where a board is served. */
export function tellServed(
    host: string,
    address: string,
    what: string,
    json: boolean,
    { stdout, stderr }: CommandContext,
): void {
    if (!isLoopback(host))
        stderr.write(
            "Anybody who reaches this address can read this board and put programs on it.\n",
        )
    if (json) stdout.write(toJson({ schema: "heapscope/serve@1", address }) + "\n")
    else stderr.write(`${what} at ${address} · Ctrl-C ends it\n`)
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
