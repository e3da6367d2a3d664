import type { AddressInfo, Server } from "node:net"
import { UserError } from "../errors"
import type { TcpAddress } from "../tcp-address"

/**
 * Has a server listen at an address.
 * @param fails what is said when it cannot, before why: `tcp://127.0.0.1:82 cannot be served`
 * @param free how to ask for a port that is free
 * @returns the port: the one that the system chose, if it was asked to
 * @throws UserError when the address cannot be listened at
 */
export function listen(
    server: Server,
    { host, port }: TcpAddress,
    fails: string,
    free: string,
): Promise<number> {
    return new Promise((done, failed) => {
        server.once("error", (error: NodeJS.ErrnoException) =>
            failed(new UserError("E_SERVE", `${fails}: ${listenFailure(error, free)}`)),
        )
        server.listen(port, host, () => done((server.address() as AddressInfo).port))
    })
}

/** Why a server cannot listen, for people. */
function listenFailure({ code, message }: NodeJS.ErrnoException, free: string): string {
    if (code === "EADDRINUSE") return `something listens there already. ${free}`
    if (code === "EACCES") return `that port is not for everybody. ${free}`
    if (code === "EADDRNOTAVAIL") return "this machine has no such address."
    return message
}
