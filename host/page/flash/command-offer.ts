import { UserError } from "../../base/errors"
import type { ErrorCode } from "../../base/error-codes"
import type { FlashOffer, IdleHeaps } from "../../link/flash/flash-offer"

/** A file of firmware, and what it is called. */
export interface NamedBytes {
    name: string
    bytes: Uint8Array
}

/** What the command that serves the page gives it. */
export class CommandOffer {
    private readonly token: string

    constructor({ hash }: Pick<Location, "hash">) {
        this.token = hash.slice(1)
    }

    /** @throws UserError when it cannot be had */
    async offer(): Promise<FlashOffer> {
        return (await (await this.ask("offer")).json()) as FlashOffer
    }

    /** What the boards' firmware takes of their heaps. @throws UserError when it cannot be had */
    async idleHeaps(): Promise<IdleHeaps> {
        return (await (await this.ask("idle-heaps")).json()) as IdleHeaps
    }

    /** The firmware that was named, or the official release for a board. @throws UserError when it cannot be had */
    async firmware(boardId: string): Promise<NamedBytes> {
        const answer = await this.ask(`firmware?board=${encodeURIComponent(boardId)}`)
        const name = decodeURIComponent(answer.headers.get("X-Name") ?? "firmware")
        return { name, bytes: new Uint8Array(await answer.arrayBuffer()) }
    }

    private async ask(path: string): Promise<Response> {
        let answer: Response
        try {
            const headers = { Authorization: `Bearer ${this.token}` }
            answer = await fetch(path, { headers })
        } catch (error) {
            throw new UserError(
                "E_CONNECT",
                "The command that serves this page has ended. Start it again, and open the address that it prints.",
                { cause: error },
            )
        }
        if (answer.ok) return answer
        if (answer.status === 422) {
            const { error } = (await answer.json()) as {
                error: { code: ErrorCode; message: string }
            }
            throw new UserError(error.code, error.message)
        }
        throw new UserError(
            "E_CONNECT",
            "This is not the address that the command has printed, or the command has ended. Open the one that it prints, with all that is behind the #.",
        )
    }
}
