import { sleep } from "../../base/pause"
import type { Board } from "../../boards/board"
import { findBoardOfProduct } from "../../boards/node/find-board"
import type { FlashReport } from "../../documents/boards/flash-report"
import { askWhatCameUp } from "../../link/flash/ask-what-came-up"
import { listPorts } from "../../link/node/ports"
import { SerialStreamPort } from "../../link/node/serial-stream"
import type { Port } from "../../link/transport/byte-stream"
import { usbOf } from "./usb-ports"

/** How long one port is listened to before others are looked for, in milliseconds. */
const ANSWER_MS = 2000
const LOOK_MS = 250

/**
 * Waits until a board comes up on the bus after it has got its firmware.
 * @param port where it will be; else wherever its USB device appears
 * @returns nothing when it does not
 */
export async function comeUp(
    board: Board,
    {
        port,
        cwd,
        waitMs,
        signal,
    }: { port?: Port; cwd: string; waitMs: number; signal: AbortSignal },
): Promise<FlashReport["cameUp"]> {
    const end = performance.now() + waitMs
    do {
        for (const at of port ? [port] : await portsOf(board)) {
            const facts = await askWhatCameUp(at, ANSWER_MS, signal)
            if (!facts) continue
            const { productId, runtimeVersion, uptimeMs } = facts
            return {
                port: at.address,
                productId: productId ?? null,
                board: findBoardOfProduct(productId, cwd)?.id ?? null,
                ...{ runtimeVersion, uptimeMs },
            }
        }
        await sleep(LOOK_MS, signal)
        signal.throwIfAborted()
    } while (performance.now() < end)
    return null
}

async function portsOf({ firmware }: Board): Promise<Port[]> {
    const ports = await listPorts().catch(() => [])
    return ports
        .filter(port => firmware.usb.running.includes(usbOf(port)))
        .map(({ path }) => new SerialStreamPort(path))
}
