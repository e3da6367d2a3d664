import { signal } from "@preact/signals"
import type { Board } from "../../boards/board"
import { checkProgramRoom } from "../../boards/program-room"
import type { LeftWith } from "../../link/deploy/deploy"
import { describeDeployment, LEFT_WITH } from "../../link/deploy/describe-deployment"
import { hasSerial } from "../../link/web-serial/choose-port"
import { nameOfPort, WebSerialPort } from "../../link/web-serial/web-serial-port"
import type { Program } from "../../model/program/program"
import type { PageSurroundings } from "../../page/page-surroundings"
import { BoardSession, type Surroundings } from "./board-session"
import { explainTrouble, whyNoSerial, type Attempt, type Trouble } from "./board-trouble"
import { chooseBoardPort, portsBefore, whenPortsChange } from "./serial-ports"
import type { Simulations } from "./simulations"
import { WatchedPage } from "./watched-page"

/** What the real board gets from around it. */
export interface RealBoardGiven {
    /** All boards that are known. */
    boards: readonly Board[]
    /** The board that is chosen now: one that does not say what it is is taken for it. */
    board(): Board
    /** What is to be deployed, compiled. @throws UserError when it cannot be */
    program(): Promise<Program>
    /** What was compiled last, if anything: objects of a board that runs it have its names. */
    compiled(): Program | undefined
    simulations: Simulations
    /** What is around the live page. */
    around?: PageSurroundings
}

/** How far it is. */
export type Stage =
    /** No board is connected. */
    | { kind: "idle" }
    /** Something is under way; so much of it, 0 to 1, where that is known. */
    | { kind: "working"; text: string; part?: number }
    | { kind: "watching"; page: WatchedPage; board: Board }

/** What came of a deployment. */
export interface Deployed {
    headline: string
    details: readonly string[]
    /** It died at once. */
    hasDied: boolean
}

/** A real board at a serial port of the browser: chosen, watched, given programs. */
export class RealBoard {
    readonly stage = signal<Stage>({ kind: "idle" })
    /** Why the last attempt came to nothing. */
    readonly trouble = signal<Trouble | undefined>(
        hasSerial() ? undefined : whyNoSerial(isSecureContext),
    )
    readonly deployed = signal<Deployed | undefined>(undefined)
    /** What else there is to know of the board that is watched, in a sentence. */
    readonly note = signal("")
    /** Ports of this page from before, to be connected without being chosen again. */
    readonly before = signal<readonly SerialPort[]>([])
    /** Ports are listed whatever is behind them. */
    readonly anyPort = signal(false)
    /** The port that was chosen last. */
    readonly port = signal<SerialPort | undefined>(undefined)
    private stop = new AbortController()
    private lastDeployed: Program | undefined

    constructor(private readonly given: RealBoardGiven) {
        whenPortsChange(() => void this.lookForPorts())
        void this.lookForPorts()
    }

    /** Whether this browser can reach a board at all. */
    readonly isPossible = hasSerial()

    get isBusy(): boolean {
        return this.stage.value.kind === "working"
    }

    /** Has somebody choose a port, and watches the board there. Call it as an answer to a click or a key. */
    async choose(): Promise<void> {
        if (this.isBusy) return
        const port = await this.chosenPort()
        if (port) await this.connect(port)
    }

    /** Watches the board at a port. */
    async connect(port: SerialPort): Promise<void> {
        if (this.isBusy) return
        this.port.value = port
        this.deployed.value = undefined
        await this.attempt("connect", signal => this.openAndWatch(port, signal))
    }

    /** Puts the program on the board, and watches it; without a port, one is chosen first. */
    async deploy(): Promise<void> {
        if (this.isBusy) return
        const port = this.port.value ?? (await this.chosenPort())
        if (!port) return
        this.port.value = port
        this.deployed.value = undefined
        let left: LeftWith | undefined
        const isDone = await this.attempt("deploy", signal =>
            this.compileAndDeploy(port, signal, broken => (left = broken)),
        )
        if (isDone) return
        if (this.stop.signal.aborted)
            this.trouble.value = {
                title: "Broken off",
                text: left ? LEFT_WITH[left] : "The board was left as it was.",
            }
        if (this.stage.value.kind === "watching") return
        // The board goes on with what it has: it is shown, where it can be reached.
        const { value: why } = this.trouble
        await this.attempt("connect", signal => this.openAndWatch(port, signal))
        this.trouble.value = why
    }

    /** Breaks off what is under way. */
    cancel(): void {
        this.stop.abort()
    }

    /** Lets go of the board, which goes on as it is. */
    async leave(): Promise<void> {
        this.stop.abort()
        await this.endPage()
        this.note.value = ""
    }

    /** Says it, and stays where it is, when none is chosen. */
    private async chosenPort(): Promise<SerialPort | undefined> {
        try {
            return await chooseBoardPort(this.given.boards, this.anyPort.value)
        } catch (error) {
            this.trouble.value = explainTrouble(error, "the port", "connect")
            return undefined
        } finally {
            void this.lookForPorts()
        }
    }

    private async openAndWatch(port: SerialPort, signal: AbortSignal): Promise<void> {
        await this.endPage()
        const session = await this.open(port, signal)
        try {
            const programs = [this.lastDeployed, this.given.compiled()]
            const program = await session.programAmong(programs)
            const source = await session.watch(program)
            signal.throwIfAborted()
            this.note.value = noteOf(session, program)
            this.show(new WatchedPage(source, this.given.around), session.board)
        } catch (error) {
            await session.close()
            throw error
        }
    }

    private async compileAndDeploy(
        port: SerialPort,
        signal: AbortSignal,
        onBrokenOff: (left: LeftWith) => void,
    ): Promise<void> {
        const { value: before } = this.stage
        this.work("Compiling")
        let program: Program
        try {
            program = await this.given.program()
            signal.throwIfAborted()
            if (before.kind === "watching") checkProgramRoom(program, before.board)
        } catch (error) {
            // Nothing was touched: what is watched goes on.
            this.stage.value = before
            throw error
        }
        if (before.kind === "watching") await before.page.end()
        const session = await this.open(port, signal)
        try {
            this.work("Sending the program", 0)
            const { deployment, source } = await session.deploy(program, {
                ...{ signal, onBrokenOff },
                onProgress: part =>
                    this.work(part < 1 ? "Sending the program" : "Starting the program", part),
            })
            const told = describeDeployment(program, nameOfPort(port), deployment)
            this.deployed.value = { ...told, hasDied: deployment.panic !== undefined }
            this.lastDeployed = program
            this.note.value = ""
            this.show(
                new WatchedPage(source, this.given.around),
                deployment.answers.board ?? session.board,
            )
        } catch (error) {
            await session.close()
            throw error
        }
    }

    private open(port: SerialPort, signal: AbortSignal): Promise<BoardSession> {
        this.work(`Connecting to ${nameOfPort(port)}`)
        const { boards, simulations } = this.given
        const around: Surroundings = { boards, simulations, board: this.given.board() }
        return BoardSession.open(new WebSerialPort(port), around, signal)
    }

    /** @returns whether it came to something; else `trouble` says why, unless it was broken off */
    private async attempt(
        attempt: Attempt,
        work: (signal: AbortSignal) => Promise<void>,
    ): Promise<boolean> {
        this.stop = new AbortController()
        const { signal } = this.stop
        this.trouble.value = undefined
        try {
            await work(signal)
            return true
        } catch (error) {
            const { value: port } = this.port
            if (!signal.aborted)
                this.trouble.value = explainTrouble(error, port ? nameOfPort(port) : "", attempt)
            if (this.isBusy) this.stage.value = { kind: "idle" }
            return false
        }
    }

    private show(page: WatchedPage, board: Board): void {
        page.start()
        this.stage.value = { kind: "watching", page, board }
    }

    private async endPage(): Promise<void> {
        const { value: stage } = this.stage
        if (stage.kind !== "watching") return
        this.stage.value = { kind: "idle" }
        await stage.page.end()
    }

    private work(text: string, part?: number): void {
        this.stage.value = { kind: "working", text, ...(part !== undefined && { part }) }
    }

    private async lookForPorts(): Promise<void> {
        this.before.value = await portsBefore().catch(() => [])
    }
}

function noteOf({ facts, board }: BoardSession, program: Program | undefined): string {
    if (facts.programBytes === 0)
        return `The ${board.name} has DeviceScript ${facts.runtimeVersion} and no program yet: deploy one.`
    if (program) return ""
    return `The ${board.name} runs another program than the one here, so its objects have no names. Deploy this one, or watch as it is.`
}
