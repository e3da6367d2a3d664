import type { BoardPort } from "../../../host/playground/board-link"
import type { FromBoard, RunRequest, ToBoard } from "../../../host/playground/board-messages"

/** A worker that says what it is told to say, and keeps what it hears. */
export class FakeWorker implements BoardPort {
    readonly heard: ToBoard[] = []
    isEnded = false
    onmessage: BoardPort["onmessage"] = null
    onerror: BoardPort["onerror"] = null

    postMessage(message: ToBoard): void {
        this.heard.push(message)
    }
    terminate(): void {
        this.isEnded = true
    }
    say(...messages: FromBoard[]): void {
        for (const data of messages) this.onmessage?.({ data } as MessageEvent<FromBoard>)
    }
    break(message: string): void {
        this.onerror?.({ message, preventDefault: () => undefined } as ErrorEvent)
    }
    /** Numbers of the runs that it was asked for. */
    get runs(): number[] {
        return this.heard.flatMap(message => (message.kind === "run" ? [message.id] : []))
    }
}

export const request = (entry: string): RunRequest => ({ cwd: "/project", entry, flags: {} })

export const page = (id: number, n: number): FromBoard => ({
    kind: "page",
    id,
    text: JSON.stringify({ n }),
})
