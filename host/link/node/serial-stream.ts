import { existsSync } from "node:fs"
import { realpath, stat } from "node:fs/promises"
import type { SerialPort } from "serialport"
import { UserError } from "../../base/errors"
import { BAUD_RATE } from "../transport/baud-rate"
import type { ByteStream, ByteStreamListener, Port } from "../transport/byte-stream"
import { findStablePath } from "./stable-port-path"

const IS_WINDOWS = process.platform === "win32"
/** How often the device itself is looked for, in milliseconds. */
const LOOK_MS = 200

/**
 * A board on a serial port, opened and closed without resetting it.
 *
 * What the two control lines do, by family of board: behind a UART bridge, and on an ESP32's own USB,
 * RTS raised while DTR is not resets the board, and DTR raised while RTS is not has the next reset end
 * in its bootloader; both or neither do nothing. A board with USB of its own, an RP2040 too, may send
 * only while DTR is raised. So for every family both are to be raised, in one step, and to stay so. Linux
 * and macOS raise both when a port is opened: we never set one of them, and have them left alone at
 * close (`hupcl`), so that the next opening changes nothing. On Windows the library itself raises
 * DTR, if told to `hupcl`, and RTS only when asked.
 */
export class SerialStreamPort implements Port {
    private stablePath: string | undefined

    constructor(
        readonly address: string,
        private readonly findStable = findStablePath,
    ) {}

    async open(listener: ByteStreamListener): Promise<ByteStream> {
        this.stablePath ??= await this.findStable(this.address)
        const path = this.stablePath && !existsSync(this.address) ? this.stablePath : this.address
        // Only who opens a port waits for the library and its native part to load.
        const { SerialPort } = await import("serialport")
        const port = new SerialPort({
            path,
            baudRate: BAUD_RATE,
            hupcl: IS_WINDOWS,
            autoOpen: false,
        })
        return new Promise((resolve, reject) =>
            port.open(error => {
                if (error) {
                    reject(
                        new UserError(
                            "E_CONNECT",
                            `${this.address} cannot be opened: ${explain(error)}`,
                        ),
                    )
                    return
                }
                if (IS_WINDOWS) port.set({ dtr: true, rts: true })
                let failure: Error | undefined
                const stopWatching = watchDevice(path, () => port.close(() => undefined))
                port.on("data", (bytes: Uint8Array) => listener.data(bytes))
                port.on("error", error => (failure = error))
                port.on("close", (error: Error | null | undefined) => {
                    stopWatching()
                    const reason = error ?? failure
                    listener.closed(reason && isGone(reason) ? undefined : reason)
                })
                resolve({
                    write: bytes => write(port, bytes),
                    close: () =>
                        new Promise(done => {
                            stopWatching()
                            port.removeAllListeners("close").removeAllListeners("data")
                            if (port.isOpen) port.close(() => done())
                            else done()
                        }),
                })
            }),
        )
    }
}

/**
 * Tells when the device that a path leads to now is no longer there. The library does not notice when
 * it goes in the middle of a read: the system then gives it no bytes, and no error, for ever.
 * @returns ends it
 */
function watchDevice(path: string, gone: () => void): () => void {
    // A port of Windows is no file.
    if (IS_WINDOWS) return () => undefined
    // Not the path: links come and go.
    const device = realpath(path).catch(() => path)
    let known: string | undefined
    const look = async () => {
        const found = await identify(await device)
        known ??= found
        if (found === undefined || (found === known && found !== NONE)) return
        clearInterval(timer)
        gone()
    }
    const timer = setInterval(() => void look(), LOOK_MS)
    void look()
    return () => clearInterval(timer)
}

const NONE = "none"

/** What tells a device from the one that comes after it, `NONE`, or undefined when that cannot be said. */
async function identify(device: string): Promise<string | undefined> {
    try {
        const { ino, rdev } = await stat(device)
        return `${ino} ${rdev}`
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "ENOENT" ? NONE : undefined
    }
}

/** How the systems and the library say that the device has gone. */
function isGone({ message }: Error): boolean {
    return /bad file descriptor|EBADF|ENXIO|EIO|i\/o error|no such device/i.test(message)
}

function write(port: SerialPort, bytes: Uint8Array): Promise<void> {
    return new Promise((done, failed) => {
        if (!port.isOpen) {
            failed(new Error("the port is closed"))
            return
        }
        // The library keeps the buffer until it has left, and calls back with an error or nothing.
        port.write(Buffer.from(bytes), undefined, error => (error ? failed(error) : done()))
    })
}

function explain({ message }: Error): string {
    if (/no such file|ENOENT|File not found/i.test(message))
        return "there is no such port. `heapscope ports` lists what there is."
    if (/permission denied|EACCES|Access denied/i.test(message))
        return "you may not use it. On Linux join the group that may (often `sudo usermod -aG dialout $USER`) and log in again."
    if (/lock|busy|temporarily unavailable/i.test(message))
        return "another program uses it. Close that one (a serial monitor, an editor's device view) and try again."
    if (/ioctl|is a directory|not a typewriter/i.test(message))
        return "it is no serial port. `heapscope ports` lists what there is."
    return message.replace(/^Error: /, "")
}
