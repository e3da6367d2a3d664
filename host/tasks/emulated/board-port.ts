import type { ByteStream, ByteStreamListener, Port } from "../../link/transport/byte-stream"
import type { ServedBoard } from "../../simulator/served/served-board"

/** The cable to a board inside this process. */
export class BoardPort implements Port {
    constructor(
        private readonly board: ServedBoard,
        readonly address: string,
    ) {}

    async open(listener: ByteStreamListener): Promise<ByteStream> {
        let isOpen = true
        this.board.plug({
            send: bytes => {
                // As from any cable: not in the midst of what the board does.
                setImmediate(() => {
                    if (isOpen) listener.data(bytes)
                })
                return true
            },
            unplugged: () => {
                if (isOpen) listener.closed(undefined)
                isOpen = false
            },
        })
        return {
            write: async bytes => {
                if (!isOpen) throw new Error("the board has gone")
                this.board.receive(bytes)
            },
            close: async () => {
                if (isOpen) this.board.unplug()
                isOpen = false
            },
        }
    }
}
