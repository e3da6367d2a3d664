import { unlessAborted } from "../../base/unless-aborted"
import type { Board } from "../../boards/board"
import type { Program } from "../../model/program/program"
import { openBus } from "../jacdac/bus"
import type { Link } from "../link"
import { readProduct } from "./board-facts"
import { deploy, findManager, type Deployment, type DeployOptions } from "./deploy"
import { deploySettings } from "./deploy-settings"

/** What a board says it is, and which of those that are known that is. */
export interface BoardAnswer {
    productId: number | undefined
    board: Board | undefined
}

export interface ProgramDeployOptions extends DeployOptions {
    /** The board whose firmware gives itself this product identifier. */
    ofProduct(productId: number | undefined): Board | undefined
    /** Told before anything on the board is changed: what it throws ends the deployment. */
    onAnswer?: (answer: BoardAnswer) => void
    /** Told what could not be given to the board, in a sentence. */
    onWarning?: (text: string) => void
}

/** What came of a deployment, and of which board. */
export type ProgramDeployment = Deployment & { answers: BoardAnswer }

/**
 * Puts a program and its settings on the board behind an open link, as `deploy` does.
 * @throws UserError when the board does not take or confirm it
 */
export async function deployProgram(
    link: Link,
    program: Pick<Program, "bytecode" | "settings">,
    { ofProduct, onAnswer, onWarning, ...options }: ProgramDeployOptions,
): Promise<ProgramDeployment> {
    const { signal } = options
    const bus = await openBus(link)
    try {
        signal?.throwIfAborted()
        const { device } = await unlessAborted(findManager(bus), signal)
        const askProduct = () => readProduct(bus.clientOf(device.service(0)))
        const productId = await unlessAborted(askProduct(), signal)
        const answers = { productId, board: ofProduct(productId) }
        onAnswer?.(answers)
        const warnings = await deploySettings(bus, program.settings)
        signal?.throwIfAborted()
        for (const warning of warnings) onWarning?.(warning)
        return { ...(await deploy(bus, program.bytecode, options)), answers }
    } finally {
        await bus.close()
    }
}
