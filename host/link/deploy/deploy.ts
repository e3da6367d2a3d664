import type { JDService, Packet } from "jacdac-ts"
import { UserError } from "../../base/errors"
import { formatBytesExact } from "../../base/format-units"
import { toHex } from "../../base/hex"
import { sha256 } from "../../base/sha256"
import { findService, type BoardBus } from "../jacdac/bus"
import { SERVICE_CLASS } from "../jacdac/find-services"
import { NoAnswerError, type ServiceClient } from "../jacdac/service-client"
import { MANAGER } from "./board-facts"

export interface DeployOptions {
    /** 0 to 1, as the board acknowledges. */
    onProgress?: (part: number) => void
    /** The board has the program, verified; it starts next. */
    onVerified?: () => void
    /** Ends the deployment as soon as the board has been left in order. */
    signal?: AbortSignal
    /** Starts the program afterwards. Default: true. */
    start?: boolean
}

export interface Deployment {
    /** Whether the board had another program. */
    changed: boolean
    /** SHA-256 that the board itself computed of what it has, in hex: that of what was sent. */
    sha256: string
    running: boolean
}

/** Bytes of a packet: the most that fits and is a multiple of what the firmware demands. */
const CHUNK_BYTES = 224
const ALIGNMENT_BYTES = 32
const NO_ANSWER = "The board's DeviceScript manager does not answer: reset the board and try again."

/**
 * Puts a program on the board of a bus through its DeviceScript manager, verifies it and starts it. A board that
 * has the program already only restarts it. However it ends, the board may start programs again.
 * @throws UserError when the board does not take or confirm it
 */
export async function deploy(
    bus: BoardBus,
    bytecode: Uint8Array,
    options: DeployOptions = {},
): Promise<Deployment> {
    if (bytecode.length === 0 || bytecode.length % ALIGNMENT_BYTES !== 0)
        throw new UserError(
            "E_BYTECODE",
            `A program of ${bytecode.length} bytes is none: bytecode comes in multiples of ${ALIGNMENT_BYTES}. Compile it again.`,
        )
    const manager = await findManager(bus)
    const registers = bus.clientOf(manager)
    try {
        return await replace({ manager, registers }, bytecode, options)
    } catch (error) {
        throw error instanceof NoAnswerError ? new UserError("E_NO_ANSWER", NO_ANSWER) : error
    } finally {
        registers.close()
    }
}

/** What runs programs on the board. @throws UserError when nothing does */
export async function findManager(bus: BoardBus): Promise<JDService> {
    return findService(bus, SERVICE_CLASS.manager, "DeviceScript manager")
}

/** What runs programs on a board: what sends to it, and what reads its registers. */
interface Manager {
    manager: JDService
    registers: ServiceClient
}

async function replace(
    { manager, registers }: Manager,
    bytecode: Uint8Array,
    { start = true, signal, ...options }: DeployOptions,
): Promise<Deployment> {
    const readHash = async () => toHex(await registers.read(MANAGER.programSha256))
    const readFlag = async (register: number) => (await registers.read(register))[0]
    const writeFlag = (register: number, value: boolean) =>
        registers.write(register, Uint8Array.of(value ? 1 : 0))
    const wanted = await sha256(bytecode)
    const startsItself = (await readFlag(MANAGER.autostart)) !== 0
    const changed = (await readHash()) !== wanted
    const letGo = () => writeFlag(MANAGER.autostart, startsItself)
    try {
        await writeFlag(MANAGER.autostart, false)
        await writeFlag(MANAGER.running, false)
        const sent = { ...options, ...(signal && { signal }) }
        if (changed && !(await transfer({ manager, registers }, bytecode, sent)))
            throw new UserError(
                "E_PROGRAM_TOO_BIG",
                `The board does not take a program of ${formatBytesExact(bytecode.length)}: its flash has no room for it. It was reset, to run the program that it had.`,
            )
        const found = await readHash()
        if (found !== wanted)
            throw new UserError(
                "E_DEPLOY",
                `The board has something else than what was sent (SHA-256 ${found}, not ${wanted}): deploy it again.`,
            )
        options.onProgress?.(1)
        options.onVerified?.()
    } catch (error) {
        // Half a program does not run: the board finds that it is incomplete. One that is gone hears nothing.
        await letGo().catch(() => undefined)
        // The firmware has forgotten where in its flash the program is.
        if (error instanceof UserError && error.code === "E_PROGRAM_TOO_BIG")
            await manager.device.reset()
        throw error
    }
    await letGo()
    if (start) await writeFlag(MANAGER.running, true)
    signal?.throwIfAborted()
    return { changed, sha256: wanted, running: (await readFlag(MANAGER.running)) === 1 }
}

/** @returns whether the board took it */
async function transfer(
    { manager, registers }: Manager,
    bytecode: Uint8Array,
    { onProgress, signal }: DeployOptions,
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
            `The board stopped answering while it was given the program: ${(error as Error).message}. Connect it again and deploy once more; until then it has no program.`,
        )
    } finally {
        await pipe.close()
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
