import type { JDService, Packet } from "jacdac-ts"
import { UserError } from "../../base/errors"
import type { ServiceClient } from "../jacdac/service-client"
import { MANAGER } from "./board-facts"

export interface TransferOptions {
    /** 0 to 1, as the board acknowledges. */
    onProgress?: (part: number) => void
    /** Ends the transfer between two packets. */
    signal?: AbortSignal
}

/** Bytes of a packet: the most that fits and is a multiple of what the firmware demands. */
const CHUNK_BYTES = 224

/**
 * Sends a program to the manager of a board, which erases the one that it had first.
 * @returns whether the board took it: false when it has no room for it
 * @throws UserError when it stops answering, the signal's reason when that was aborted
 */
export async function transfer(
    manager: JDService,
    registers: ServiceClient,
    bytecode: Uint8Array,
    { onProgress, signal }: TransferOptions,
): Promise<boolean> {
    const { DeviceScriptManagerCmd, OutPipe, Packet } = await import("jacdac-ts")
    const size = new Uint8Array(4)
    new DataView(size.buffer).setUint32(0, bytecode.length, true)
    const command = Packet.from(DeviceScriptManagerCmd.DeployBytecode, size)
    const answer =
        // A frame may get lost on the way.
        (await request(manager, registers, command)) ?? (await request(manager, registers, command))
    if (!answer) return false
    const port = answer.data[0]! | (answer.data[1]! << 8)
    if (port === 0)
        throw new UserError("E_BOARD_BUSY", "The board is busy with another deployment: try again.")
    const pipe = new OutPipe(manager.device, port)
    try {
        for (let at = 0; at < bytecode.length; at += CHUNK_BYTES) {
            signal?.throwIfAborted()
            await pipe.send(bytecode.slice(at, at + CHUNK_BYTES))
            onProgress?.(Math.min(at + CHUNK_BYTES, bytecode.length) / bytecode.length)
        }
        return true
    } catch (error) {
        if (signal?.aborted) throw error
        throw new UserError(
            "E_DEPLOY",
            "The board stopped answering while it was given the program.",
        )
    } finally {
        // Of a board that is gone, or told to stop, no answer is waited for.
        await pipe.close().catch(() => undefined)
    }
}

/**
 * Sends a command. @returns the board's report on it, `undefined` when it gives none: the firmware passes
 * over what it cannot do, and takes all that it is told in turn. So it is asked something else right
 * afterwards, and who answers that has left out the command.
 */
async function request(
    service: JDService,
    registers: ServiceClient,
    command: Packet,
): Promise<Packet | undefined> {
    const { REPORT_RECEIVE } = await import("jacdac-ts")
    let answer: Packet | undefined
    const stop = service.subscribe(REPORT_RECEIVE, (report: Packet) => {
        if (report.serviceCommand === command.serviceCommand) answer ??= report
    })
    try {
        await service.sendPacketAsync(command)
        // It erases its flash first, for up to some seconds.
        await registers.read(MANAGER.programSize).catch(() => registers.read(MANAGER.programSize))
        return answer
    } finally {
        stop()
    }
}
