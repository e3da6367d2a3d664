import { CompileServer } from "./compile-server"

/**
 * `node compile-server.js <path>`: compiles for whoever connects there, and ends with the process that
 * started it, whose standard input it shares.
 */
const [path = ""] = process.argv.slice(2)
await CompileServer.start(path)
process.stdout.write("listening\n")
process.stdin.resume().on("end", () => process.exit(0))
