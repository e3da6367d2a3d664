import { createServer, type AddressInfo, type Server, type Socket } from "node:net"
import { listen } from "../../base/node/listen"
import type { TcpAddress } from "../../base/tcp-address"
import type { ServedBoard } from "./served-board"

/** Hosts that wait for the board beyond this are turned away. */
const MAX_WAITING = 8
/** A host that says nothing at all, or takes nothing, keeps others waiting for no longer. Milliseconds. */
const IDLE_MS = 5000

/**
 * Offers a board on a TCP port, to one host at a time as a USB port does: who comes while another has
 * it waits until that one leaves, or is found to want nothing of it. Nothing that comes over the wire reaches anything but the board.
 */
export class BoardServer {
    private current: Socket | undefined
    private readonly waiting = new Set<Socket>()
    private readonly server: Server
    /** When the host that has the board last took what it was sent. */
    private tookAt = 0
    private watch: NodeJS.Timeout | undefined

    private constructor(
        private readonly board: ServedBoard,
        /** Told when a host gets the board, and when it leaves. */
        private readonly onHost: (plugged: boolean) => void,
        private readonly idleMs: number,
    ) {
        this.server = createServer({ noDelay: true }, socket => this.accept(socket))
    }

    /** @throws UserError when the address cannot be listened at */
    static async start(
        board: ServedBoard,
        { host, port }: TcpAddress,
        onHost: (plugged: boolean) => void = () => undefined,
        idleMs = IDLE_MS,
    ): Promise<BoardServer> {
        const self = new BoardServer(board, onHost, idleMs)
        const fails = `tcp://${host}:${port} cannot be served`
        await listen(self.server, { host, port }, fails, "Take port 0 for a free one.")
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
        clearInterval(this.watch)
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
        if (this.waiting.size > 0)
            this.watch ??= setInterval(() => this.dropIdle(), this.idleMs / 5).unref()
    }

    /** A host that never said a word, or has stopped to listen, gives way to who waits. */
    private dropIdle(): void {
        const { current } = this
        if (this.waiting.size === 0) {
            clearInterval(this.watch)
            this.watch = undefined
        } else if (current && performance.now() - this.tookAt > this.idleMs)
            if (current.bytesRead === 0 || current.writableNeedDrain) current.destroy()
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
        this.tookAt = performance.now()
        socket.on("data", bytes => this.board.receive(bytes))
        socket.on("drain", () => {
            this.tookAt = performance.now()
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
