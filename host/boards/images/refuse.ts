import { UserError } from "../../base/errors"

/** Why a file of firmware is not to reach a board. @param name of the file @param why goes on after a colon */
export function refuse(name: string, why: string): UserError {
    return new UserError("E_FIRMWARE", `${name} is not written to any board: ${why}.`)
}
