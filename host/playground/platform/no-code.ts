import { UserError } from "../../base/errors"

/** In place of what runs a project's own code outside the board. */
export function createJiti(path: string): never {
    throw new UserError(
        "E_VALUE",
        `${path.replace(/^.*\//, "")} is code: in a browser tab a scenario is JSON.`,
    )
}
