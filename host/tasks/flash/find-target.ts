import { UserError } from "../../base/errors"
import { sleep } from "../../base/pause"
import { formatDuration } from "../../base/format-units"
import type { Board } from "../../boards/board"
import type { SerialDevice } from "../../link/flash/serial-device"
import { StreamDevice } from "../../link/flash/stream-device"
import type { BootVolume } from "../../link/flash/boot-volume"
import { findBootVolumes, readBootVolume } from "../../link/node/boot-volumes"
import { listPorts, type PortFacts } from "../../link/node/ports"
import { SerialPortDevice } from "../../link/node/serial-port-device"
import { TcpPort } from "../../link/node/tcp-stream"
import type { PortName } from "../../link/transport/parse-port"
import { isPortOf, usbOf } from "./usb-ports"

const LOOK_MS = 250

export interface WaitOptions {
    /** How long a board may take to get into its boot mode: somebody has to press its button. */
    waitMs: number
    signal: AbortSignal
    /** Told once, when it is waited for. */
    onWait: () => void
}

/**
 * The drive that the board's boot ROM makes of it.
 * @param folder where it is, if that is named
 * @throws UserError when there is none, or more than one
 */
export async function findVolume(
    board: Board,
    folder: string | undefined,
    wait: WaitOptions,
): Promise<BootVolume> {
    const find = () =>
        folder === undefined ? findBootVolumes() : [readBootVolume(folder) ?? []].flat()
    const volumes = await waitFor(wait, () => {
        const found = find()
        return Promise.resolve(found.length > 0 ? found : undefined)
    })
    if (!volumes)
        throw new UserError(
            "E_BOOT_MODE",
            `${folder === undefined ? `There is no drive of a board in its boot mode (none in ${formatDuration(wait.waitMs)})` : `${folder} is not the drive of a board in its boot mode: it has no INFO_UF2.TXT`}. ${board.firmware.bootMode.enter.join(" ")} Where drives are not mounted by themselves: \`udisksctl mount -b /dev/disk/by-label/${board.firmware.bootMode.volume}\`. Then flash again, or name it with --volume.`,
        )
    if (volumes.length === 1) return volumes[0]!
    throw new UserError(
        "E_SEVERAL_BOARDS",
        `Several boards are in their boot mode: ${volumes.map(volume => volume.folder).join(", ")}. Name one with --volume.`,
    )
}

/** A serial port to flash a chip through, and how people call it. */
export interface FlashPort {
    device: SerialDevice
    address: string
}

/**
 * The serial port at which the board's boot ROM can be had.
 * @throws UserError when there is none, or more than one
 */
export async function findFlashPort(
    board: Board,
    name: PortName,
    wait: WaitOptions,
): Promise<FlashPort> {
    if (name.kind === "tcp") {
        const port = new TcpPort(name.host, name.port)
        return { device: new StreamDevice(port), address: port.address }
    }
    if (name.kind === "serial") {
        const known = (await listPorts().catch(() => [])).find(({ path }) => path === name.path)
        return deviceOf(known ?? { path: name.path })
    }
    const { bootMode, running } = board.firmware.usb
    const needsButton = !bootMode.some(id => running.includes(id))
    const ports = await waitFor(wait, async () => {
        const found = (await listPorts()).filter(port =>
            needsButton ? bootMode.includes(usbOf(port)) : isPortOf(board, port),
        )
        return found.length > 0 ? found : undefined
    })
    if (!ports)
        throw new UserError(
            "E_BOOT_MODE",
            `No ${board.name} is connected${needsButton ? " in its boot mode" : ""} (${bootMode.join(", ")}; none in ${formatDuration(wait.waitMs)}). ${board.firmware.bootMode.enter.join(" ")} \`heapscope ports\` lists what there is; name the port with --port.`,
        )
    if (ports.length === 1) return deviceOf(ports[0]!)
    throw new UserError(
        "E_SEVERAL_BOARDS",
        `Several ports may lead to it: ${ports.map(({ path }) => path).join(", ")}. Choose one with --port.`,
    )
}

function deviceOf(port: PortFacts): FlashPort {
    return { device: new SerialPortDevice(port.path, port), address: port.path }
}

async function waitFor<T>(
    { waitMs, signal, onWait }: WaitOptions,
    look: () => Promise<T | undefined>,
): Promise<T | undefined> {
    const end = performance.now() + waitMs
    for (let told = false; ; told = true) {
        const found = await look()
        if (found !== undefined || performance.now() >= end) return found
        if (!told) onWait()
        await sleep(LOOK_MS, signal)
        signal.throwIfAborted()
    }
}
