import { UserError } from "../../base/errors"
import { isListenAddress, LOOPBACK, MAX_PORT, readPortDigits } from "../../base/node/listen-address"

/** OpenTelemetry's own for such an endpoint. */
const DEFAULT_PORT = 9464

/**
 * Where `--metrics [address]` is to listen: a port of this machine alone, or an address and a port.
 * @throws UserError for what is neither
 */
export function readMetricsAddress(value: unknown): { host: string; port: number } {
    if (value === true || value === undefined) return { host: LOOPBACK, port: DEFAULT_PORT }
    const text = String(value)
    const [, bracketed, plain, digits = ""] =
        /^(?:\[([\da-f:.]+)\]:|([^:[\]]+):)?(\d+)$/i.exec(text) ?? []
    const host = bracketed ?? plain ?? LOOPBACK
    const port = readPortDigits(digits)
    if (port !== undefined && isListenAddress(host)) return { host, port }
    throw new UserError(
        "E_VALUE",
        `--metrics takes a port up to ${MAX_PORT}, as ${DEFAULT_PORT}, or an address and a port, as 0.0.0.0:${DEFAULT_PORT}, not ${JSON.stringify(text)}.`,
    )
}
