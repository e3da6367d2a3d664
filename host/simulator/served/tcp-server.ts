import { createServer, type AddressInfo, type Server, type Socket } from "node:net"
import { UserError } from "../../base/errors"
import type { TcpAddress } from "../../base/tcp-address"
import type { VirtualBoard } from "./virtual-board"

/** Hosts that wait for the board beyond this are turned away. */
const MAX_WAITING = 8

/**
 * Offers a board on a TCP port, to one host at a time as a USB port does: who comes while another has
 * it waits until that one leaves. Nothing that comes over the wire reaches anything but the board.
 */
export class BoardServer {
    private current: Socket | undefined
    private readonly waiting = new Set<Socket>()
    private readonly server: Server

    private constructor(
        private readonly board: VirtualBoard,
        /** Told when a host gets the board, and when it leaves. */
        private readonly onHost: (plugged: boolean) => void,
    ) {
        this.server = createServer({ noDelay: true }, socket => this.accept(socket))
    }

    /** @throws UserError when the address cannot be listened at */
    static async start(
        board: VirtualBoard,
        { host, port }: TcpAddress,
        onHost: (plugged: boolean) => void = () => undefined,
    ): Promise<BoardServer> {
        const self = new BoardServer(board, onHost)
        await new Promise<void>((resolve, reject) => {
            self.server.once("error", (error: NodeJS.ErrnoException) =>
                reject(
                    new UserError(
                        "E_SERVE",
                        `tcp://${host}:${port} cannot be served: ${explain(error)}`,
                    ),
                ),
            )
            self.server.listen({ host, port }, resolve)
        })
        return self
    }

    /** Where it listens: with the port the system chose, if it was asked to. */
    get address(): string {
        const { address, port } = this.server.address() as AddressInfo
        return `tcp://${address.includes(":") ? `[${address}]` : address}:${port}`
    }

    /** Pulls the cable out: the host that has the board sees it leave, and may come back. */
    hangUp(): void {
        this.current?.destroy()
    }

    async close(): Promise<void> {
        const closed = new Promise(done => this.server.close(done))
        this.waiting.forEach(socket => socket.destroy())
        this.current?.destroy()
        await closed
    }

    private accept(socket: Socket): void {
        // Its end is what matters, whatever the reason.
        socket.on("error", () => undefined)
        if (this.waiting.size >= MAX_WAITING) {
            socket.destroy()
            return
        }
        this.waiting.add(socket)
        socket.pause()
        socket.once("close", () => {
            this.waiting.delete(socket)
            if (this.current === socket) this.release()
        })
        // A host that hangs up without a word is noticed while its bytes are read.
        this.next()
    }

    private release(): void {
        this.current = undefined
        this.board.unplug()
        this.onHost(false)
        this.next()
    }

    private next(): void {
        if (this.current) return
        const [socket] = this.waiting
        if (!socket) return
        this.waiting.delete(socket)
        this.current = socket
        socket.on("data", bytes => this.board.receive(bytes))
        socket.on("drain", () => {
            if (this.current === socket) this.board.drained()
        })
        socket.on("end", () => socket.destroy())
        socket.resume()
        this.onHost(true)
        this.board.plug({
            send: bytes => socket.write(bytes),
            unplugged: () => socket.destroy(),
        })
    }
}

function explain({ code, message }: NodeJS.ErrnoException): string {
    if (code === "EADDRINUSE") return "something listens there already. Take port 0 for a free one."
    if (code === "EACCES") return "that port is not for everybody. Take port 0 for a free one."
    if (code === "EADDRNOTAVAIL") return "this machine has no such address."
    return message
}
