import { serveInBackground } from "./background-server"
import { CompileServer } from "./compile-server"

/**
 * `node compile-server.js <path>`: compiles for whoever connects there, and ends with the process that
 * started it, whose standard input it shares. `node compile-server.js <path> <ms>`: in the background, until
 * nobody has asked for anything for so many milliseconds.
 */
const [path = "", idleMs] = process.argv.slice(2)
if (idleMs !== undefined) await serveInBackground(path, Number(idleMs))
else {
    await CompileServer.start(path)
    process.stdout.write("listening\n")
    process.stdin.resume().on("end", () => process.exit(0))
}
