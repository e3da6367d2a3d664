import { UserError } from "../base/errors"
import { BoardLink } from "../link/board-link"
import { findPort, type ChooseBoard } from "../link/node/find-port"
import { watchLink as watchKnown, type WatchedBoard } from "../link/watch/watch-link"
import type { Source } from "../model/flow"
import { knownBoards } from "./known-boards"
import { readExactEvery } from "./exact-every"
import type { SourceFlag, SourceKind, SourceRequest } from "./source-kind"

/** What runs on a board that is reached over its wire. */
export const PROGRAM: SourceFlag = {
    flag: "--program <entry>",
    text: "with --port: what runs on the board, to name its source in traces; with --emulator: what is to run",
    elsewhere: "--program goes with --port or --emulator: --sim names its program itself.",
}
export const EXACT_EVERY: SourceFlag = {
    flag: "--exact-every <duration>",
    text: "with --port or --emulator: read the whole heap exactly this often, for which the program stands still",
    elsewhere:
        "--exact-every goes with --port or --emulator: a simulated board is exact at all times.",
}
export const NO_EXACT: SourceFlag = {
    flag: "--no-exact",
    text: "with --port or --emulator: do not read the heap of a program whose start is not known, for which it stands still once; its first estimates are wide then",
    elsewhere: "--no-exact goes with --port or --emulator: a simulated board never stands still.",
}

/** How the heap is to be read, as the flags say. @throws UserError when they contradict each other */
export function readLooks(flags: SourceRequest["flags"]) {
    const exactEveryMs =
        flags.exactEvery === undefined ? undefined : readExactEvery(String(flags.exactEvery))
    const looksFirst = flags.exact !== false
    if (exactEveryMs !== undefined && !looksFirst)
        throw new UserError(
            "E_FLAG_CONFLICT",
            "--exact-every reads the heap at once, which --no-exact is not to: leave one out.",
        )
    return { exactEveryMs, looksFirst }
}

/** A real board, for the table. */
export const boardAtPort: SourceKind = {
    name: "port",
    flag: "--port <port>",
    text: "a real board: a serial port, auto, or tcp://host:port",
    what: "a real one",
    flags: [PROGRAM, EXACT_EVERY, NO_EXACT],
    async open(value, { build, run, choose, flags }) {
        const looks = readLooks(flags)
        const { board } = run()
        const program = flags.program === undefined ? undefined : await build(String(flags.program))
        return watchPort(String(value), { board, program, ...looks }, choose)
    },
}

/**
 * A board at a port: its log, and its heap as far as the agent in its program tells. A link that is
 * lost is opened again for as long as the watch lasts. Times are milliseconds since it began.
 * @throws UserError when the port cannot be found
 */
export async function watchPort(
    name: string,
    of: WatchedBoard,
    choose?: ChooseBoard,
): Promise<Source> {
    return watchLink(new BoardLink(await findPort(name, choose), { reconnect: true }), of)
}

/** The board behind a link, which is closed at the end. What it says from now on waits until it is taken. */
export function watchLink(link: BoardLink, of: WatchedBoard): Source {
    return watchKnown(link, of, knownBoards())
}
