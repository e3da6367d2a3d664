import type { JDService } from "jacdac-ts"
import { UserError } from "../../base/errors"
import { formatBytesExact } from "../../base/format-units"
import { sha256 } from "../../base/sha256"
import { sleep } from "../../base/pause"
import { unlessAborted } from "../../base/unless-aborted"
import { Debugger } from "../debugger/debugger"
import { addressOf, findService, type BoardBus } from "../jacdac/bus"
import { SERVICE_CLASS } from "../jacdac/find-services"
import { NoAnswerError, type ServiceClient } from "../jacdac/service-client"
import { LinkError } from "../link"
import { MANAGER, readProgramHash, readRuntimeVersion } from "./board-facts"
import { takesProgram, versionOfProgram } from "./runtime-version"
import { checkProgramHash, startProgram, type ProgramStart } from "./start-program"
import { transfer } from "./transfer"

/** What a board runs after a deployment that was broken off. */
export type LeftWith = "old program" | "no program" | "new program"

export interface DeployOptions {
    /** 0 to 1, as the board acknowledges. */
    onProgress?: (part: number) => void
    /** The board has the program, verified; it starts next. */
    onVerified?: () => void
    /** It comes to nothing: the board was reset, and has this. Not told of one that is gone. */
    onBrokenOff?: (left: LeftWith) => void
    /** Ends the deployment as soon as the board has been left in order. */
    signal?: AbortSignal
    /** Starts the program afterwards. Default: true. Otherwise it stands still until the board is reset. */
    start?: boolean
}

export interface Deployment extends ProgramStart {
    /** Whether the board had another program. */
    changed: boolean
    /** SHA-256 that the board itself computed of what it has, in hex: that of what was sent. */
    sha256: string
    /** The board had been left halted, by a debugger that is gone, and was let go. */
    released: boolean
}

/** What the firmware demands of a program's length. */
const ALIGNMENT_BYTES = 32
/** A frame may get lost on the way; a board that has heard it is gone from USB soon. */
const RESET_ATTEMPTS = 3
/** Milliseconds. */
const RESET_MS = 60
const NO_ANSWER = "The board's DeviceScript manager does not answer: reset the board and try again."
const CUT_OFF = "The connection to the board was lost: connect it again and deploy once more."

/**
 * Puts a program on the board of a bus through its DeviceScript manager, verifies it and starts it. A board that
 * has the program already only restarts it. One that resets itself, since the program's hardware is another, is
 * waited for. However it ends, the board may start programs again.
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
    const { signal } = options
    // What waits for an answer ends, too: what leaves the board in order needs none.
    const interrupt = () => registers.close()
    signal?.addEventListener("abort", interrupt)
    try {
        return await replace(bus, { manager, registers }, bytecode, options)
    } catch (error) {
        signal?.throwIfAborted()
        if (error instanceof NoAnswerError) throw new UserError("E_NO_ANSWER", NO_ANSWER)
        if (error instanceof LinkError) throw new UserError("E_LINK_LOST", CUT_OFF)
        throw error
    } finally {
        signal?.removeEventListener("abort", interrupt)
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
    { link }: BoardBus,
    { manager, registers }: Manager,
    bytecode: Uint8Array,
    { start = true, onVerified, onBrokenOff, ...options }: DeployOptions,
): Promise<Deployment> {
    const write = (register: number, value: number) =>
        registers.write(register, Uint8Array.of(value))
    const wanted = await sha256(bytecode)
    options.signal?.throwIfAborted()
    const released = await letGo(link, manager, options.signal)
    const runtime = await readRuntimeVersion(registers)
    if (!takesProgram(runtime, bytecode))
        throw new UserError(
            "E_OTHER_RUNTIME",
            `The board's firmware has DeviceScript ${runtime}, which does not take a program compiled for ${versionOfProgram(bytecode)}: flash the current firmware with \`heapscope flash\`. It was left as it is.`,
        )
    const changed = (await readProgramHash(registers)) !== wanted
    let left: LeftWith = "old program"
    try {
        await write(MANAGER.autostart, 0)
        await write(MANAGER.running, 0)
        options.signal?.throwIfAborted()
        if (changed) {
            left = "no program"
            if (!(await transfer(manager, registers, bytecode, options))) {
                left = "old program"
                throw new UserError(
                    "E_PROGRAM_TOO_BIG",
                    `The board does not take a program of ${formatBytesExact(bytecode.length)}: its flash has no room for it. It was reset, to run the program that it had.`,
                )
            }
            // The board has acknowledged all of it.
            left = "new program"
        }
        await checkProgramHash(registers, wanted).catch((error: unknown) => {
            if (error instanceof UserError && error.code === "E_DEPLOY") left = "no program"
            throw error
        })
        left = "new program"
        options.onProgress?.(1)
        onVerified?.()
        options.signal?.throwIfAborted()
    } catch (error) {
        // A firmware that has lost its program would look for one at full load, or start half of it.
        if (await reset(link, manager)) onBrokenOff?.(left)
        throw error
    }
    const result = { changed, sha256: wanted, released }
    if (!start) return { ...result, running: false, reset: false }
    return { ...result, ...(await startProgram(link, addressOf(manager), wanted, options.signal)) }
}

/** Has a board go on that somebody left halted: it would not run what it is given. @returns whether it was */
async function letGo(
    link: BoardBus["link"],
    { device }: JDService,
    signal: AbortSignal | undefined,
): Promise<boolean> {
    const [service] = device.services({ serviceClass: SERVICE_CLASS.debugger })
    if (!service) return false
    const debug = new Debugger(link, addressOf(service))
    try {
        return await unlessAborted(debug.releaseIfLeft(), signal)
    } finally {
        debug.close()
    }
}

/**
 * Resets a board, after which it starts whatever program it has. One that is gone hears nothing of it.
 * @returns whether it was told
 */
async function reset(link: BoardBus["link"], { device }: JDService): Promise<boolean> {
    let told = false
    for (let attempt = 0; attempt < RESET_ATTEMPTS && link.state.phase === "open"; attempt++) {
        await device.reset().catch(() => undefined)
        told = true
        await sleep(RESET_MS)
    }
    return told
}
