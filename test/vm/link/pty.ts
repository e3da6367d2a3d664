import { constants, mkdtempSync, openSync, rmSync, symlinkSync } from "node:fs"
import { createRequire } from "node:module"
import { connect, type Socket } from "node:net"
import { once } from "node:events"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ReadStream } from "node:tty"

/** What the package has besides what its types tell: a pair of pseudo-terminals with no process in it. */
interface PtyPair {
    _pty: string
    _master: ReadStream & NodeJS.WritableStream
    _slave: ReadStream
}
const { open } = createRequire(import.meta.url)("@lydell/node-pty") as {
    open(size: { cols: number; rows: number; encoding: null }): PtyPair
}

/** A cable from a serial port to a TCP port, plugged in. */
interface Cable {
    /** Path of the serial port. */
    path: string
    /** Resolves when it is gone, whoever hung up. */
    gone: Promise<void>
    pull(): void
}

/** Makes a serial port that leads to a TCP port of this machine, and hangs up when that does. */
async function plug(port: number): Promise<Cable> {
    const tcp = connect({ port, host: "127.0.0.1", noDelay: true })
    await once(tcp, "connect")
    const {
        _pty: path,
        _master: master,
        _slave: slave,
    } = open({ cols: 80, rows: 24, encoding: null })
    // That end reads what is meant for whoever opens the port. One that reads nothing takes its place:
    // a terminal that nobody has open is gone for its other end.
    const held = openSync(path, constants.O_RDWR | constants.O_NOCTTY)
    slave.destroy()
    const raw = new ReadStream(held)
    raw.setRawMode(true)
    master.pipe(tcp)
    tcp.pipe(master as NodeJS.WritableStream)
    const gone = new Promise<void>(done => master.once("close", done))
    const pull = () => {
        tcp.destroy()
        raw.destroy()
        master.destroy()
    }
    for (const end of [tcp, raw, master] as Socket[]) end.on("error", pull).on("close", pull)
    return { path, gone, pull }
}

/** A pty that leads to a TCP port: to whoever opens it, a serial port. It is gone when that hangs up. */
export async function pty(port: number) {
    const { path, close } = await link(port, false)
    return { path, close }
}

/** The same, but it comes back as often as it goes, as a board that enumerates again. */
export async function enduringPty(port: number) {
    const { path, close } = await link(port, true)
    return { path, close }
}

async function link(port: number, comesBack: boolean) {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-pty-"))
    const path = join(folder, "board")
    let closed = false
    let cable: Cable
    const start = async () => {
        cable = await plug(port)
        rmSync(path, { force: true })
        symlinkSync(cable.path, path)
        void cable.gone.then(() => {
            rmSync(path, { force: true })
            if (comesBack && !closed) return start().catch(() => undefined)
        })
    }
    await start()
    return {
        path,
        close: async () => {
            closed = true
            cable.pull()
            await cable.gone
            rmSync(folder, { recursive: true, force: true })
        },
    }
}
