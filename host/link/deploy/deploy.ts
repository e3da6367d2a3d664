import type { JDRegister, JDService, Packet } from "jacdac-ts"
import { UserError } from "../../base/errors"
import { formatBytesExact } from "../../base/format-units"
import { toHex } from "../../base/hex"
import { sha256 } from "../../base/sha256"

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
/** The board erases its flash before it answers. Milliseconds. */
const ERASE_MS = 5000
/** A register is asked for this often: frames get lost. */
const ATTEMPTS = 5
const NO_ANSWER = "The board's DeviceScript manager does not answer: reset the board and try again."

/**
 * Puts a program on a board through its DeviceScript manager, verifies it and starts it. A board that
 * has the program already only restarts it. However it ends, the board may start programs again.
 * @throws UserError when the board does not take or confirm it
 */
export async function deploy(
    manager: JDService,
    bytecode: Uint8Array,
    options: DeployOptions = {},
): Promise<Deployment> {
    const { DeviceScriptManagerReg: reg } = await import("jacdac-ts")
    const { start = true, signal } = options
    if (bytecode.length === 0 || bytecode.length % ALIGNMENT_BYTES !== 0)
        throw new UserError(
            "E_BYTECODE",
            `A program of ${bytecode.length} bytes is none: bytecode comes in multiples of ${ALIGNMENT_BYTES}. Compile it again.`,
        )
    const wanted = await sha256(bytecode)
    const autostart = manager.register(reg.Autostart)
    const running = manager.register(reg.Running)
    const hash = manager.register(reg.ProgramSha256)

    const startsItself = (await read(autostart))[0] !== 0
    const changed = toHex(await read(hash)) !== wanted
    let complete = false
    let refused = false
    try {
        await autostart.sendSetBoolAsync(false)
        await running.sendSetBoolAsync(false)
        refused = changed && !(await transfer(manager, bytecode, options))
        if (refused)
            throw new UserError(
                "E_PROGRAM_TOO_BIG",
                `The board does not take a program of ${formatBytesExact(bytecode.length)}: its flash has no room for it. It was reset, to run the program that it had.`,
            )
        const found = toHex(await read(hash))
        if (found !== wanted)
            throw new UserError(
                "E_DEPLOY",
                `The board has something else than what was sent (SHA-256 ${found}, not ${wanted}): deploy it again.`,
            )
        options.onProgress?.(1)
        options.onVerified?.()
        complete = true
    } finally {
        // Half a program does not run: the board finds that it is incomplete.
        await autostart.sendSetBoolAsync(startsItself)
        if (complete && start) await running.sendSetBoolAsync(true)
        // The firmware has forgotten where in its flash the program is.
        if (refused) await manager.device.reset()
    }
    signal?.throwIfAborted()
    return { changed, sha256: wanted, running: (await read(running))[0] === 1 }
}

/** @returns whether the board took it */
async function transfer(
    manager: JDService,
    bytecode: Uint8Array,
    { onProgress, signal }: DeployOptions,
): Promise<boolean> {
    const { DeviceScriptManagerCmd, OutPipe, Packet } = await import("jacdac-ts")
    const size = new Uint8Array(4)
    new DataView(size.buffer).setUint32(0, bytecode.length, true)
    const command = Packet.from(DeviceScriptManagerCmd.DeployBytecode, size)
    const answer =
        // A frame may get lost on the way.
        (await request(manager, command)) ?? (await request(manager, command))
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
async function request(service: JDService, command: Packet): Promise<Packet | undefined> {
    const { DeviceScriptManagerReg, REPORT_RECEIVE } = await import("jacdac-ts")
    let answer: Packet | undefined
    const stop = service.subscribe(REPORT_RECEIVE, (report: Packet) => {
        if (report.serviceCommand === command.serviceCommand) answer ??= report
    })
    try {
        const end = performance.now() + ERASE_MS
        const next = service.register(DeviceScriptManagerReg.ProgramSize)
        await service.sendPacketAsync(command)
        while (!(await next.refresh().catch(() => false)) && !answer)
            if (performance.now() > end) throw new UserError("E_NO_ANSWER", NO_ANSWER)
        return answer
    } finally {
        stop()
    }
}

/** @throws UserError when the board does not tell */
async function read(register: JDRegister): Promise<Uint8Array> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++)
        if (await register.refresh().catch(() => false)) return register.data
    throw new UserError("E_NO_ANSWER", NO_ANSWER)
}
