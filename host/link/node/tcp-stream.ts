import { connect } from "node:net"
import { UserError } from "../../base/errors"
import type { ByteStream, ByteStreamListener, Port } from "../transport/byte-stream"

/** A board behind a TCP port: a simulated one, or a real one that some other program passes on. */
export class TcpPort implements Port {
    readonly address: string

    constructor(
        private readonly host: string,
        private readonly port: number,
    ) {
        this.address = `tcp://${host.includes(":") ? `[${host}]` : host}:${port}`
    }

    open(listener: ByteStreamListener): Promise<ByteStream> {
        const socket = connect({ host: this.host, port: this.port, noDelay: true })
        return new Promise((resolve, reject) => {
            let opened = false
            let failure: Error | undefined
            socket.setTimeout(CONNECT_TIMEOUT_MS, () =>
                socket.destroy(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1000} s`)),
            )
            socket.on("data", bytes => listener.data(bytes))
            socket.on("error", error => (failure = error))
            socket.on("close", () => {
                if (opened) listener.closed(failure)
                else
                    reject(
                        new UserError(
                            "E_CONNECT",
                            `${this.address} cannot be reached: ${failure?.message ?? "it closed"}. Is the board served there?`,
                        ),
                    )
            })
            socket.on("connect", () => {
                opened = true
                socket.setTimeout(0)
                resolve({
                    write: bytes =>
                        new Promise((done, failed) =>
                            // The bytes may be the caller's to reuse, and leave later.
                            socket.write(Uint8Array.from(bytes), error =>
                                error ? failed(error) : done(),
                            ),
                        ),
                    close: () =>
                        new Promise(done => {
                            socket.removeAllListeners("close").removeAllListeners("data")
                            if (socket.closed) done()
                            else socket.on("close", () => done()).destroy()
                        }),
                })
            })
        })
    }
}

const CONNECT_TIMEOUT_MS = 5000
