import { UserError } from "../../base/errors"
import { BoardLink } from "../board-link"
import type { Port } from "../transport/byte-stream"
import { parsePort } from "../transport/parse-port"
import { listPorts, type PortFacts } from "./ports"
import { SerialStreamPort } from "./serial-stream"
import { TcpPort } from "./tcp-stream"

/** How long a port that may have a board is listened to, in milliseconds: three announcements. */
const ANSWER_MS = 1500

/** Tells which of several boards is meant. */
export type ChooseBoard = (boards: readonly PortFacts[]) => Promise<PortFacts>

/**
 * The port that `--port` names; for `auto`, the one with a board on it.
 * @param choose asked when there are several; without it, that is an error
 * @throws UserError when the text names none, or `auto` finds none, or several
 */
export async function findPort(text: string, choose?: ChooseBoard): Promise<Port> {
    const name = parsePort(text)
    if (name.kind === "serial") return new SerialStreamPort(name.path)
    if (name.kind === "tcp") return new TcpPort(name.host, name.port)
    return chooseBoard(await listPorts(), path => new SerialStreamPort(path), choose)
}

/**
 * The port with a board on it, among those whose USB vendor makes boards: a single one is it, of
 * several those that answer. Ports of anything else are not opened: it might mind.
 * @throws UserError when there is none, or more than one and nobody to choose
 */
export async function chooseBoard(
    ports: readonly PortFacts[],
    open: (path: string) => Port,
    choose?: ChooseBoard,
): Promise<Port> {
    const candidates = ports.filter(({ family }) => family !== undefined)
    const sure = candidates.filter(({ family }) => family?.kind === "chip")
    if (sure.length === 1 && candidates.length === 1) return open(sure[0]!.path)
    if (candidates.length === 0)
        throw new UserError(
            "E_NO_BOARD",
            ports.length === 0
                ? "No board is connected: there is no serial port. Plug one in, or name a port with --port."
                : `No board is known among the serial ports (${list(ports)}). Name its port with --port.`,
        )
    const answers = await Promise.all(candidates.map(({ path }) => speaks(open(path))))
    const boards = candidates.filter((_, index) => answers[index])
    if (boards.length === 1) return open(boards[0]!.path)
    if (boards.length > 1 && choose) return open((await choose(boards)).path)
    throw new UserError(
        boards.length === 0 ? "E_NO_BOARD" : "E_SEVERAL_BOARDS",
        boards.length === 0
            ? `No board answers at ${list(candidates)}. Is its DeviceScript firmware installed, and no other program connected to it?`
            : `Several boards are connected: ${list(boards)}. Choose one with --port.`,
    )
}

/** Asks whether a board is there: opens the port and waits for a frame. */
async function speaks(port: Port): Promise<boolean> {
    const link = new BoardLink(port, { answerMs: ANSWER_MS })
    try {
        await link.open()
        return true
    } catch {
        return false
    } finally {
        await link.close()
    }
}

function list(ports: readonly PortFacts[]): string {
    return ports.map(({ path, family }) => (family ? `${path} (${family.name})` : path)).join(", ")
}
