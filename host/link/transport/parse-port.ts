import { UserError } from "../../base/errors"
import type { TcpAddress } from "../../base/tcp-address"

/** What `--port` may name. */
export type PortName =
    | { kind: "auto" }
    | { kind: "tcp"; host: string; port: number }
    | { kind: "serial"; path: string }

/** @throws UserError when the text names no port */
export function parsePort(text: string): PortName {
    if (text === "auto") return { kind: "auto" }
    if (text.startsWith("tcp://")) {
        const { host, port } = parseTcp(text)
        if (port === 0) throw refuse(text, "port 0 is for serving alone")
        return { kind: "tcp", host, port }
    }
    if (text.trim() === "") throw refuse(text, "it is empty")
    if (/^[a-z]+:\/\//i.test(text)) throw refuse(text, "only tcp:// addresses are known")
    // oxlint-disable-next-line no-control-regex -- they are what is refused
    if (/[\u0000-\u001f\u007f]/.test(text)) throw refuse(text, "it holds control characters")
    return { kind: "serial", path: text }
}

/** A `tcp://host:port` to connect to, or to serve at. @throws UserError when it is none */
export function parseTcp(text: string): TcpAddress {
    const match = /^tcp:\/\/(?:\[([0-9a-f:.%]+)\]|([^\s:/[\]@?#]+)):(\d{1,5})\/?$/i.exec(text)
    const port = Number(match?.[3])
    if (!match || port > 65_535)
        throw refuse(text, "a TCP address is tcp://host:port, with a port up to 65535")
    return { host: match[1] ?? match[2]!, port }
}

function refuse(text: string, why: string): UserError {
    const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
    return new UserError(
        "E_VALUE",
        `${shown} is not a port: ${why}. ` +
            "Name a serial port (/dev/ttyACM0, COM3), tcp://host:port, or auto; `heapscope ports` lists what there is.",
    )
}
