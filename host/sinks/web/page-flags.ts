import { UserError } from "../../base/errors"
import { isListenAddress, LOOPBACK, MAX_PORT, readPortDigits } from "../../base/node/listen-address"

/**
 * The port that `--web`, or another flag, names; a free one without.
 * @throws UserError for what is none
 */
export function readPort(value: unknown, flag = "--web"): number {
    if (value === true || value === undefined) return 0
    const port = readPortDigits(String(value))
    if (port !== undefined) return port
    throw new UserError(
        "E_VALUE",
        `${flag} takes a port from 0, any that is free, to ${MAX_PORT}, not ${JSON.stringify(value)}.`,
    )
}

/**
 * The address that `--host` names; this machine's own without.
 * @throws UserError for what is none
 */
export function readHost(value: unknown): string {
    if (value === undefined) return LOOPBACK
    const host = String(value)
    if (isListenAddress(host)) return host
    throw new UserError(
        "E_VALUE",
        `--host takes an address of this machine, as 127.0.0.1 or 0.0.0.0, not ${JSON.stringify(value)}.`,
    )
}
