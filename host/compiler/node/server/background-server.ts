import { chmodSync, lstatSync, renameSync, rmSync } from "node:fs"
import { connect } from "node:net"
import { packageRoot } from "../../../base/node/package-root"
import { versionOf } from "./background-compiler"
import { CompileServer } from "./compile-server"

/** How often it looks whether it is still wanted, in milliseconds. */
const LOOK_MS = 1_000

/**
 * Compiles for the commands of this user until nobody has asked for anything for a while, another has taken
 * its place, or the compiler on the disk is another one; then the process ends. One that is there already
 * is left to it.
 * @param path of the socket; what is left there by a process that was killed is replaced
 */
export async function serveInBackground(path: string, idleMs: number): Promise<void> {
    if (await isServed(path)) return
    const version = versionOf(packageRoot())
    // It listens before anybody can find it.
    const own = `${path}.${process.pid}`
    const server = await CompileServer.start(own)
    chmodSync(own, 0o600)
    const { ino } = lstatSync(own)
    renameSync(own, path)
    const isThere = () => lstatSync(path, { throwIfNoEntry: false })?.ino === ino
    const end = () => {
        if (isThere()) rmSync(path, { force: true })
        process.exit(0)
    }
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, end)
    setInterval(
        () => {
            const isOver = !isThere() || versionOf(packageRoot()) !== version
            if (server.idleMs > (isOver ? 0 : idleMs)) end()
        },
        Math.min(LOOK_MS, idleMs / 2),
    )
}

/** Whether anybody listens at a path. */
function isServed(path: string): Promise<boolean> {
    return new Promise(resolve => {
        const socket = connect(path)
        const settle = (isThere: boolean) => {
            socket.destroy()
            resolve(isThere)
        }
        socket.once("connect", () => settle(true)).once("error", () => settle(false))
    })
}
