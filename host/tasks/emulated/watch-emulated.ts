import { BoardLink } from "../../link/board-link"
import type { Source } from "../../model/flow"
import type { SourceKind } from "../source-kind"
import { EXACT_EVERY, NO_EXACT, PROGRAM, readLooks, watchLink } from "../watch-port"
import { emulate, putProgram } from "./emulate"

/** A board that runs its real firmware, emulated, for the table. */
export const emulatedBoard: SourceKind = {
    name: "emulator",
    flag: "--emulator <file.uf2>",
    text: "a board with its real firmware, emulated (RP2040): the program is put on it over its wire",
    what: "its real firmware, emulated",
    flags: [PROGRAM, EXACT_EVERY, NO_EXACT],
    async open(value, { build, run, flags, cwd, notify, signal }) {
        const looks = readLooks(flags)
        const { board, seed, makeWorld } = run()
        const program = await build(flags.program === undefined ? undefined : String(flags.program))
        const world = makeWorld(seed, program)
        const emulation = await emulate({
            ...{ file: String(value), cwd, board, seed, world, notify, signal },
        })
        const link = new BoardLink(emulation.port, { reconnect: true })
        try {
            await link.open()
            let source: Source | undefined
            const onVerified = () => {
                source = watchLink(link, { board, program, ...looks })
            }
            await putProgram(link, board, program, { onVerified, signal })
            return closing(source!, () => emulation.close())
        } catch (error) {
            await link.close()
            emulation.close()
            throw error
        }
    },
}

/** The same, and what is to be done when it has told all. */
function closing(source: Source, close: () => void): Source {
    return {
        ...source,
        async *events(signal) {
            try {
                yield* source.events(signal)
            } finally {
                close()
            }
        },
    }
}
