import { sha256 } from "../../base/sha256"
import type { Board } from "../../boards/board"
import { prepareFirmware } from "../../boards/images/prepare-firmware"
import type { FlashReport } from "../../documents/boards/flash-report"
import { flashEsp } from "../../link/flash/flash-esp"
import { checkVolume } from "../../link/flash/boot-volume"
import { copyUf2 } from "../../link/node/copy-uf2"
import { SerialStreamPort } from "../../link/node/serial-stream"
import { TcpPort } from "../../link/node/tcp-stream"
import type { Port } from "../../link/transport/byte-stream"
import type { PortName } from "../../link/transport/parse-port"
import { comeUp } from "./come-up"
import { findFlashPort, findVolume, type WaitOptions } from "./find-target"
import { readFirmware } from "./firmware-file"

export interface FlashOptions {
    board: Board
    /** A file or an address. Default: the official release. */
    firmware?: string
    port: PortName
    /** Where the board's drive is. Default: wherever there is one. */
    volume?: string
    erase: boolean
    dryRun: boolean
    /** Waits for the board to come up. */
    confirm: boolean
    cwd: string
    waitMs: number
    signal: AbortSignal
    /** What is being done, in words, and how much of it: 0 to 1. */
    onProgress: (text: string, part?: number) => void
    /** Somebody has to do something: these are the words. */
    onAsk: (text: string) => void
}

/**
 * Puts the DeviceScript runtime on a board: reads the firmware and checks it, finds the board in its boot mode,
 * writes, and waits until the board comes up on the bus.
 * @throws UserError that says what was written, and what to do
 */
export async function flash(options: FlashOptions): Promise<FlashReport> {
    const { board, cwd, signal, erase, dryRun, onProgress, onAsk } = options
    onProgress("reading the firmware")
    const read = await readFirmware(options.firmware, board, { cwd, signal })
    const firmware = await prepareFirmware(read.bytes, { name: read.name, board, erase })
    const wait: WaitOptions = {
        waitMs: options.waitMs,
        signal,
        onWait: () =>
            onAsk(`Waiting for the ${board.name}. ${board.firmware.bootMode.enter.join(" ")}`),
    }
    let target: FlashReport["target"]
    let verified = false
    let port = portOf(options.port)
    if (firmware.format === "uf2") {
        const volume = await findVolume(board, options.volume, wait)
        target = { kind: "drive", path: volume.folder, boardId: volume.boardId }
        if (dryRun) checkVolume(volume, board)
        else
            await copyUf2(volume, {
                ...{ board, firmware, signal },
                onProgress: part => onProgress(`copying to ${volume.folder}`, part),
            })
    } else {
        const { device, address } = await findFlashPort(board, options.port, wait)
        const flashed = await flashEsp(device, {
            ...{ board, firmware, address, signal, dryRun },
            onProgress: (step, part) => onProgress(`${step} (${address})`, part),
        })
        const { chip, flashBytes } = flashed
        target = { kind: "port", path: address, chip, flashBytes }
        verified = flashed.verified
        // Where the chip's own port is the same before and after, that is where it comes up.
        if (flashed.restarted) port ??= new SerialStreamPort(address)
        if (!flashed.restarted && !dryRun) onAsk(leaveOf(board, options.port))
    }
    onProgress("waiting for the board to come up")
    const cameUp =
        dryRun || !options.confirm
            ? null
            : await comeUp(board, {
                  ...{ cwd, signal, waitMs: options.waitMs },
                  ...(port && { port }),
              })
    return {
        schema: "heapscope/flash@1",
        board: { id: board.id, name: board.name, chip: board.chip, productId: board.productId },
        firmware: {
            ...{ from: read.from, format: firmware.format, fileBytes: firmware.file.length },
            sha256: await sha256(firmware.file),
            parts: firmware.parts,
            configuration: firmware.configuration,
        },
        storage: firmware.storage,
        ...{ target, dryRun, verified, cameUp },
    }
}

/** Lines that are not there restart nothing. */
function leaveOf({ name, firmware }: Board, port: PortName): string {
    const byItself = firmware.usb.bootMode.some(id => firmware.usb.running.includes(id))
    const how = byItself && port.kind !== "auto" ? "Press RESET (EN)." : firmware.bootMode.leave
    return `The ${name} has its firmware. ${how}`
}

function portOf(name: PortName): Port | undefined {
    if (name.kind === "serial") return new SerialStreamPort(name.path)
    return name.kind === "tcp" ? new TcpPort(name.host, name.port) : undefined
}
