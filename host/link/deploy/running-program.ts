import { UserError } from "../../base/errors"
import { sleep } from "../../base/pause"
import { SERVICE_CLASS } from "../jacdac/find-services"
import { ServiceClient, type ServiceAddress } from "../jacdac/service-client"
import type { Link } from "../link"
import { MANAGER } from "./board-facts"

/** A board starts its program 1.1 s after it was switched on, and one that died after 5 s. Milliseconds. */
const START_MS = 7000
const POLL_MS = 50

/**
 * Waits until a board runs its program: one that is still booting, or whose program has just died, is about
 * to start it.
 * @param services of the device, by class
 * @throws UserError when it does not, NoAnswerError when the board does not answer
 */
export async function untilRunning(
    link: Link,
    services: ReadonlyMap<number, ServiceAddress>,
    signal?: AbortSignal,
): Promise<void> {
    const manager = new ServiceClient(link, services.get(SERVICE_CLASS.manager)!)
    const isSet = async (register: number) => (await manager.read(register))[0] === 1
    try {
        const end = performance.now() + START_MS
        while (!(await isSet(MANAGER.running))) {
            signal?.throwIfAborted()
            if (!(await manager.read(MANAGER.programSize)).some(byte => byte !== 0))
                throw new UserError(
                    "E_NO_PROGRAM",
                    "The board has no program: `heapscope deploy` puts one on it.",
                )
            if (!(await isSet(MANAGER.autostart)))
                throw new UserError(
                    "E_NO_PROGRAM",
                    "The program on the board is stopped, and nothing will start it: reset the board, or deploy the program again.",
                )
            if (performance.now() > end)
                throw new UserError(
                    "E_NO_PROGRAM",
                    `No program runs on the board, nor did one in ${START_MS / 1000} s: it may die before anybody can look. \`heapscope watch\` says what it dies of.`,
                )
            await sleep(POLL_MS, signal)
        }
    } finally {
        manager.close()
    }
}
