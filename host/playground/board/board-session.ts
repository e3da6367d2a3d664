import { unlessAborted } from "../../base/unless-aborted"
import { UserError } from "../../base/errors"
import { sha256 } from "../../base/sha256"
import type { Board } from "../../boards/board"
import { checkProgramRoom } from "../../boards/program-room"
import { BoardLink } from "../../link/board-link"
import { readFacts, type BoardFacts } from "../../link/deploy/board-facts"
import type { DeployOptions } from "../../link/deploy/deploy"
import { deployProgram, type ProgramDeployment } from "../../link/deploy/deploy-program"
import { findServices, SERVICE_CLASS } from "../../link/jacdac/find-services"
import type { Port } from "../../link/transport/byte-stream"
import { watchLink } from "../../link/watch/watch-link"
import type { Source } from "../../model/flow"
import type { Program } from "../../model/program/program"
import { knowBoard, type Simulations } from "./simulations"

/** It announces itself every 500 ms; its services a little later. Milliseconds. */
const ANNOUNCE_MS = 4000

/** What is known where a board is connected. */
export interface Surroundings {
    /** All boards that are known. */
    boards: readonly Board[]
    /** What a board is taken for that does not say what it is. */
    board: Board
    simulations: Simulations
}

/** A board at a port that is open: it is watched, or given a program first. Each of the two once. */
export class BoardSession {
    private constructor(
        private readonly link: BoardLink,
        /** What the board told of itself when it was connected. */
        readonly facts: BoardFacts,
        /** Which it is. */
        readonly board: Board,
        private readonly around: Surroundings,
    ) {}

    /**
     * Opens a port, and asks what is there.
     * @throws UserError when it cannot be opened, or no DeviceScript board is there
     */
    static async open(
        port: Port,
        around: Surroundings,
        signal: AbortSignal,
    ): Promise<BoardSession> {
        const link = new BoardLink(port, { reconnect: true })
        try {
            await unlessAborted(link.open(), signal)
            const services = await findServices(link, SERVICE_CLASS.manager, {
                ...{ timeoutMs: ANNOUNCE_MS, signal },
            })
            signal.throwIfAborted()
            if (!services)
                throw new UserError(
                    "E_NO_SERVICE",
                    "The board talks but offers no DeviceScript manager: is its firmware DeviceScript's?",
                )
            const facts = await unlessAborted(readFacts(link, services), signal)
            const answers = around.boards.find(({ productId }) => productId === facts.productId)
            return new BoardSession(link, facts, answers ?? around.board, around)
        } catch (error) {
            await link.close()
            throw error
        }
    }

    /** Which of these programs the board has, if it is one of them. */
    async programAmong(programs: readonly (Program | undefined)[]): Promise<Program | undefined> {
        for (const program of programs)
            if (program && (await sha256(program.bytecode)) === this.facts.sha256) return program
        return undefined
    }

    /**
     * The board as a source, from now on; at its end the port is closed.
     * @param program what runs on it, if known
     */
    async watch(program: Program | undefined): Promise<Source> {
        const { board, around, facts } = this
        const known = await knowBoard(board, program, around.boards, around.simulations)
        // Of a board without a program there is nothing to read.
        const looksFirst = facts.programBytes > 0 || program !== undefined
        return watchLink(this.link, { board, program, looksFirst }, known)
    }

    /**
     * Puts a program on the board.
     * @returns what came of it, and the board as a source, from the program's first line on
     * @throws UserError when the board does not take or confirm it; then the port is to be closed
     */
    async deploy(
        program: Program,
        options: Omit<DeployOptions, "onVerified">,
    ): Promise<{ deployment: ProgramDeployment; source: Source }> {
        const { board, around, link } = this
        checkProgramRoom(program, board)
        // It is to be there at the program's first line.
        const known = await knowBoard(board, program, around.boards, around.simulations)
        let source: Source | undefined
        const deployment = await deployProgram(link, program, {
            ...options,
            ofProduct: productId => around.boards.find(one => one.productId === productId),
            onVerified: () => void (source = watchLink(link, { board, program }, known)),
        })
        return { deployment, source: source! }
    }

    /** Closes the port of a board that is not watched; it goes on as it is. */
    close(): Promise<void> {
        return this.link.close()
    }
}
