import { UserError } from "../../../../base/errors"

/** There is none: a tab has no sockets, and this one asks nobody. */
export class RealNetwork {
    constructor(_time: unknown) {
        throw new UserError(
            "E_VALUE",
            "a browser tab has no network for the board: what it asks is answered by the made-up world. The command line has --world-network real.",
        )
    }
}
