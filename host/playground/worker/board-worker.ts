import { BoardDesk } from "./board-desk"
import type { FromBoard, ToBoard } from "../board-messages"
import { fetchFirst, fetchRest } from "./fetch-site"

/** The worker that has the board. What it is told before it is ready waits. */
const early: ToBoard[] = []
let hear = (message: ToBoard): void => void early.push(message)
globalThis.onmessage = ({ data }: MessageEvent<ToBoard>) => hear(data)

const tell = (message: FromBoard): void => globalThis.postMessage(message)

async function begin(): Promise<void> {
    await fetchFirst()
    const rest = fetchRest()
    const loaded = () => tell({ kind: "loaded" })
    // Whoever waits for it is told why it cannot be had.
    rest.then(loaded, loaded)
    const desk = new BoardDesk(tell, rest)
    hear = message => desk.hear(message)
    tell({ kind: "ready" })
    for (const message of early) desk.hear(message)
}

begin().catch((error: Error) => {
    const failure = { code: "E_INTERNAL", message: error.message, problems: [] } as const
    tell({ kind: "failed", id: 0, failure })
})
