import { UserError } from "../../base/errors"
import { sleep } from "../../base/pause"
import { findServices, SERVICE_CLASS } from "../jacdac/find-services"
import { NoAnswerError, ServiceClient, type ServiceAddress } from "../jacdac/service-client"
import { EVENT_COUNTER } from "../../wire/jacdac-packet"
import { LinkError, type Link } from "../link"
import { MANAGER, readProgramHash, readUptimeMs } from "./board-facts"

/** What became of a program that a board was told to start. */
export interface ProgramStart {
    running: boolean
    /** The board reset itself first, as its firmware does for a program of other hardware. */
    reset: boolean
    /** Code of the panic that the program died of at once. */
    panic?: number
}

/** A board that resets is back within a second or two, and starts its program 1.1 s later. Milliseconds. */
const START_MS = 15_000
/** A program that runs for this long did not die at once. Milliseconds. */
const GRACE_MS = 300
const POLL_MS = 100
/** How much a board's clock may be behind ours without having begun anew. Milliseconds. */
const SLACK_MS = 500
/** The manager's event that a program has died, as a packet has it, its counter left out (`JD_DEVICE_SCRIPT_MANAGER_EV_PROGRAM_PANIC`). */
const PANIC_EVENT = 0x8080

/**
 * Has a board start the program that it was given, and waits until that runs. A board that resets itself
 * meanwhile is waited for, and asked what it has.
 * @param at of its manager, as it is now: after a reset it may be elsewhere
 * @param sha256 of the program, in hex
 * @param signal ends the waiting; the board goes on as it is
 * @throws UserError when it does not come back, or comes back with something else
 */
export async function startProgram(
    link: Link,
    at: ServiceAddress,
    sha256: string,
    signal?: AbortSignal,
): Promise<ProgramStart> {
    let wasLost = false
    const stop = link.listen({ state: ({ phase }) => void (wasLost ||= phase === "lost") })
    try {
        return await waitForProgram(link, at, sha256, () => wasLost, signal)
    } finally {
        stop()
    }
}

/** As `startProgram`. @param wasLost whether the link was lost since then */
async function waitForProgram(
    link: Link,
    at: ServiceAddress,
    sha256: string,
    wasLost: () => boolean,
    signal?: AbortSignal,
): Promise<ProgramStart> {
    const began = performance.now()
    const upMs = await readUptimeMs(link, at)
    let wasAway = false
    let panic: number | undefined
    let where: ServiceAddress | undefined = at
    let told = false
    while (performance.now() - began < START_MS) {
        signal?.throwIfAborted()
        const client: ServiceClient | undefined = where && new ServiceClient(link, where)
        try {
            client?.watch(({ command, data }) => {
                if ((command & ~EVENT_COUNTER) === PANIC_EVENT) panic ??= codeOf(data)
            })
            if (client && !told) {
                // One of the two is enough, and whichever it is may be the last that the board hears.
                told = true
                await client.write(MANAGER.autostart, Uint8Array.of(1))
                await client.write(MANAGER.running, Uint8Array.of(1))
            }
            if (client && (await client.read(MANAGER.running))[0] === 1) {
                await sleep(GRACE_MS)
                const passedMs = performance.now() - began
                const isUpMs = await readUptimeMs(link, where!)
                const reset = hasReset({ upMs, isUpMs, passedMs, wasAway: wasAway || wasLost() })
                if (reset) await checkProgramHash(client, sha256, "The board reset itself and has")
                const died = panic !== undefined
                return { running: !died, reset, ...(died && { panic: panic! }) }
            }
        } catch (error) {
            if (!isGone(error)) throw error
            wasAway = true
            if (link.state.phase === "closed") break
        } finally {
            client?.close()
        }
        if (panic !== undefined) return { running: false, reset: false, panic }
        await sleep(POLL_MS)
        where = (await findServices(link, SERVICE_CLASS.manager))?.get(SERVICE_CLASS.manager)
    }
    throw new UserError(
        "E_NO_ANSWER",
        "The board has the program, verified, and was told to start it: it does not answer since. Reset it, then `heapscope watch --port auto` shows what it does.",
    )
}

/**
 * Whether a board's clock has begun anew. One that was there all the time is slow at most: an emulated board's
 * is, when busy.
 * @param of how long it had been up, how long it is up now, what passed in between, and whether it was gone or
 *   deaf meanwhile
 */
export function hasReset(of: {
    upMs: number
    isUpMs: number
    passedMs: number
    wasAway: boolean
}): boolean {
    const { upMs, isUpMs, passedMs, wasAway } = of
    return isUpMs < upMs || (wasAway && isUpMs < upMs + passedMs - SLACK_MS)
}

/** The board is not there at the moment, or says nothing. */
function isGone(error: unknown): boolean {
    return error instanceof LinkError || error instanceof NoAnswerError
}

/**
 * Has a board say what program it has.
 * @param has what its message begins with: who has something else
 * @throws UserError when it is not the one that is wanted
 */
export async function checkProgramHash(
    manager: ServiceClient,
    wanted: string,
    has = "The board has",
): Promise<void> {
    const found = await readProgramHash(manager)
    if (found === wanted) return
    throw new UserError(
        "E_DEPLOY",
        `${has} something else than what was sent (SHA-256 ${found}, not ${wanted}): deploy it again.`,
    )
}

function codeOf(data: Uint8Array): number {
    return data.length < 4 ? 0 : new DataView(data.buffer, data.byteOffset).getUint32(0, true)
}
