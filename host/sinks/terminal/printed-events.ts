import { toJson } from "../../base/json"
import { capacityFor } from "../../model/heap/heap-memory"
import type { MemoryEvent } from "../../model/events"
import type { Sink } from "../../model/flow"
import type { SinkKind, TextOutput } from "../sink-kind"
import { WatchLines } from "./watch-lines"

/** Every event as a line of JSON. */
export const jsonLines: SinkKind = {
    name: "json",
    flag: "--json",
    text: "print every event as a line of JSON",
    isWanted: ({ flags }) => !!flags.json,
    open: ({ stdout }) => new PrintedEvents(stdout, event => [toJson(event)]),
}

/** The log and the heap now and then, where there is no screen. */
export const textLines: SinkKind = {
    name: "lines",
    isWanted: ({ flags, stdout }) => !flags.json && !stdout.canRedraw,
    open({ stdout, about }) {
        const lines = new WatchLines(capacityFor(about.board.heapBytes))
        return new PrintedEvents(stdout, event => lines.linesOf(event))
    },
}

/** Lines of events on standard output; a slow reader is waited for. */
class PrintedEvents implements Sink {
    constructor(
        private readonly output: TextOutput,
        private readonly linesOf: (event: MemoryEvent) => string[],
    ) {}

    add(event: MemoryEvent): void | Promise<void> {
        const lines = this.linesOf(event)
        if (lines.length === 0 || this.output.write(lines.join("\n") + "\n")) return
        return this.output.drained()
    }

    close(): void {}
}
