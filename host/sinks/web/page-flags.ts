import { isIP } from "node:net"
import { UserError } from "../../base/errors"

/** For this machine alone. */
const LOOPBACK = "127.0.0.1"
const MAX_PORT = 65_535

/**
 * The port that `--web` names; a free one without.
 * @throws UserError for what is none
 */
export function readPort(value: unknown): number {
    if (value === true || value === undefined) return 0
    const port = typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : NaN
    if (port <= MAX_PORT) return port
    throw new UserError(
        "E_VALUE",
        `--web takes a port from 0, any that is free, to ${MAX_PORT}, not ${JSON.stringify(value)}.`,
    )
}

/**
 * The address that `--host` names; this machine's own without.
 * @throws UserError for what is none
 */
export function readHost(value: unknown): string {
    if (value === undefined) return LOOPBACK
    const host = String(value)
    if (host === "localhost" || isIP(host) !== 0) return host
    throw new UserError(
        "E_VALUE",
        `--host takes an address of this machine, as 127.0.0.1 or 0.0.0.0, not ${JSON.stringify(value)}.`,
    )
}
