import { HeapscopeError } from "../../base/errors"
import { unlessAborted } from "../../base/unless-aborted"
import { BoardLink } from "../board-link"
import { readFacts, type BoardFacts } from "../deploy/board-facts"
import { findServices, SERVICE_CLASS } from "../jacdac/find-services"
import { NoAnswerError } from "../jacdac/service-client"
import type { Port } from "../transport/byte-stream"

/** What a board at a port says of itself; nothing of one that does not answer. */
export async function askWhatCameUp(
    port: Port,
    answerMs: number,
    signal: AbortSignal,
): Promise<BoardFacts | undefined> {
    const link = new BoardLink(port, { answerMs })
    try {
        await unlessAborted(link.open(), signal)
        const services = await findServices(link, SERVICE_CLASS.manager, { signal })
        return services && (await readFacts(link, services))
    } catch (error) {
        signal.throwIfAborted()
        if (error instanceof HeapscopeError || error instanceof NoAnswerError) return undefined
        throw error
    } finally {
        await link.close()
    }
}
