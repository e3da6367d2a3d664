/**
 * What is reached of `node:worker_threads`, over the workers of a browser. The files of whoever starts one
 * are the worker's, too: what has changed goes along with each message.
 */
import type { FileChange } from "../../board-messages"
import { loaded } from "../loaded"
import { files } from "../memory-files"

type Hear = (value: never) => void
type Event = "message" | "error" | "exit"

interface Parcel {
    files: FileChange[]
    message: unknown
}

/** The file that a worker is started from, in the site's own folder. */
const SCRIPT = "compiler-worker.js"

export class Worker {
    private readonly worker = new globalThis.Worker(new URL(SCRIPT, location.href), {
        type: "module",
    })
    private readonly heard = new Map<Event, Set<Hear>>()
    private told = 0

    constructor(_file: string, _options: object) {
        this.worker.onmessage = ({ data }) => this.tell("message", data as never)
        this.worker.onerror = event => {
            event.preventDefault()
            this.tell(
                "error",
                new Error(event.message || "The compiler could not be loaded.") as never,
            )
        }
    }

    on(event: Event, hear: Hear): this {
        this.heard.set(event, (this.heard.get(event) ?? new Set()).add(hear))
        return this
    }

    off(event: Event, hear: Hear): this {
        this.heard.get(event)?.delete(hear)
        return this
    }

    /** Only with the package's sources can it be compiled what imports them. */
    postMessage(message: unknown): void {
        void Promise.resolve(loaded.sources).then(() => this.send(message))
    }

    private send(message: unknown): void {
        const parcel: Parcel = { files: files.changesSince(this.told), message }
        this.told = files.version
        this.worker.postMessage(parcel)
    }

    // A tab's workers end with it.
    ref(): this {
        return this
    }

    unref(): this {
        return this
    }

    terminate(): Promise<number> {
        this.worker.terminate()
        return Promise.resolve(0)
    }

    private tell(event: Event, value: never): void {
        for (const hear of [...(this.heard.get(event) ?? [])]) hear(value)
    }
}

/** The worker's end. What comes before somebody hears of it waits. */
export const parentPort = {
    on(_event: "message", hear: (message: never) => void): void {
        globalThis.onmessage = ({ data }: MessageEvent<Parcel>) => {
            for (const [path, content] of data.files) files.write(path, content)
            hear(data.message as never)
        }
    },
    postMessage(message: unknown): void {
        globalThis.postMessage(message)
    },
}
