import { HeapscopeError } from "../../base/errors"
import { sleep } from "../../base/pause"
import type { BoardsConfig } from "../../documents/fleet/fleet-config"
import { watchPort } from "../watch-port"
import type { FleetSource, FleetSourceKind } from "./fleet-source"
import { textsOf } from "./flag-values"
import { tellSource } from "./told-source"

type Config = Extract<BoardsConfig, { port: unknown }>

/** A board that is not there is looked for again after so many milliseconds. */
const AGAIN_MS = 5000

/** A real board at a serial port or a gateway, for the table. */
export const portBoards: FleetSourceKind<Config> = {
    key: "port",
    flags: [{ flag: "--port <port...>", text: "boards: serial ports, tcp://host:port, or auto" }],
    fromFlags: flags => textsOf(flags["port"]).map(port => ({ port })),
    async open({ port, name = port, board: id, program: entry }, { build, settings, life }) {
        const program = entry === undefined ? undefined : await build(entry)
        const { board } = settings({ board: id }, program)
        return {
            how: port,
            async run(intake, signal) {
                const said = new Set<string>()
                while (!signal.aborted) {
                    try {
                        // Nobody's program is to stand still for a figure.
                        const of = { board, program, looksFirst: false, life }
                        await tellSource(name, await watchPort(port, of), intake, signal)
                        said.clear()
                    } catch (error) {
                        if (!(error instanceof HeapscopeError)) throw error
                        if (!said.has(error.message)) intake.notify(`${name}: ${error.message}`)
                        said.add(error.message)
                    }
                    await sleep(AGAIN_MS, signal)
                }
            },
        } satisfies FleetSource
    },
}
