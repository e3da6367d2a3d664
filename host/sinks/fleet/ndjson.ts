import { createWriteStream, type WriteStream } from "node:fs"
import { resolve } from "node:path"
import type { BoardReading } from "../../analysis/fleet/fleet-board"
import type { MetricValue } from "../../analysis/fleet/metric"
import { UserError } from "../../base/errors"
import { toJson } from "../../base/json"
import { reasonOf } from "../../base/node/destination"
import type { OutputConfig } from "../../documents/fleet/fleet-config"
import type { FleetOutput, FleetOutputKind, OutputRequest } from "./fleet-output"

/** Lines that wait to be written, at most, in bytes. */
const MAX_WAITING = 64_000_000

/** Lines of JSON in a file, or on stdout, for the table. */
export const ndjsonOutput: FleetOutputKind<OutputConfig<"ndjson">> = {
    key: "ndjson",
    flags: [
        { flag: "--ndjson <file>", text: "write a line of JSON for each reading; - is stdout" },
    ],
    fromFlags: ({ ndjson }) => (ndjson === undefined ? undefined : { file: String(ndjson) }),
    async open({ file }, request) {
        return new JsonLines(file === "-" ? undefined : await openFile(file, request), request)
    },
}

class JsonLines implements FleetOutput {
    private sent = 0
    private dropped = 0
    private waiting = 0
    private waitingBytes = 0
    private failure: string | undefined

    /** @param file undefined for stdout */
    constructor(
        private readonly file: WriteStream | undefined,
        private readonly request: Pick<OutputRequest, "stdout" | "announce">,
    ) {
        file?.on("error", error => this.failed(reasonOf(error)))
    }

    reading(reading: BoardReading): void {
        if (this.failure !== undefined || this.waitingBytes > MAX_WAITING) {
            this.dropped++
            return
        }
        const line = jsonLine(reading)
        if (!this.file) {
            this.request.stdout.write(line)
            this.sent++
            return
        }
        this.waiting++
        this.waitingBytes += line.length
        this.file.write(line, error => {
            this.waiting--
            this.waitingBytes -= line.length
            if (error) this.dropped++
            else this.sent++
        })
    }

    status() {
        const { sent, waiting, dropped, failure } = this
        return { name: "ndjson", sent, waiting, dropped, ...(failure !== undefined && { failure }) }
    }

    async close(): Promise<void> {
        const { file } = this
        if (!file) return this.request.stdout.drained()
        if (this.failure === undefined) await new Promise<void>(done => file.end(() => done()))
    }

    private failed(why: string): void {
        if (this.failure === undefined) this.request.announce(`ndjson: ${why}`)
        this.failure = why
    }
}

async function openFile(name: string, { cwd }: OutputRequest): Promise<WriteStream> {
    const file = createWriteStream(resolve(cwd, name), { flags: "a" })
    await new Promise<void>((done, failed) => {
        file.once("open", () => done())
        file.once("error", error =>
            failed(new UserError("E_WRITE", `${name} cannot be written: ${reasonOf(error)}`)),
        )
    })
    return file
}

/** A reading as a line. Values with a label are by its text. */
function jsonLine({ board, atMs, metrics }: BoardReading): string {
    const { name: device, about, sha256 } = board
    const values = metrics
        .filter(({ unit, values }) => unit !== "info" && values.length > 0)
        .map(({ name, values }) => [name, valueOf(values)] as const)
    return (
        toJson({
            ...{ atMs, device, board: about.board.id, program: about.program.entry },
            ...(sha256 !== undefined && { sha256 }),
            metrics: Object.fromEntries(values),
        }) + "\n"
    )
}

function valueOf(values: readonly MetricValue[]): number | Record<string, number> {
    const [first] = values
    if (first && Object.keys(first.labels).length === 0) return first.value
    return Object.fromEntries(
        values.map(({ labels, value }) => [Object.values(labels).join(" "), value]),
    )
}
