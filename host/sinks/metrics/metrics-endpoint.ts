import { BoardMetrics } from "../../analysis/fleet/board-metrics"
import type { MemoryEvent } from "../../model/events"
import type { Sink } from "../../model/flow"
import type { SinkKind, SinkRequest } from "../sink-kind"
import { readMetricsAddress } from "./metrics-address"
import { MetricsServer } from "./metrics-server"
import { prometheusText } from "./prometheus-text"

/** The board's figures for whoever scrapes them, where `--metrics` asks for it. */
export const metricsEndpoint: SinkKind = {
    name: "metrics",
    flag: "--metrics [address]",
    text: "serve the figures for Prometheus at http://127.0.0.1:9464/metrics, or at another port or address:port",
    isWanted: ({ flags }) => flags["metrics"] !== undefined,
    async open(request) {
        const sink = new MetricsEndpoint(request)
        await sink.listen()
        return sink
    },
}

/** Answers each scrape with the latest figures. Nobody who asks holds the source back. */
export class MetricsEndpoint implements Sink {
    private readonly board: BoardMetrics
    private readonly server: MetricsServer

    /** @throws UserError when the flag names no address */
    constructor({ about, flags, announce }: Pick<SinkRequest, "about" | "flags" | "announce">) {
        this.board = new BoardMetrics(about)
        this.server = new MetricsServer({
            ...readMetricsAddress(flags["metrics"]),
            text: () => prometheusText(this.board.metrics()),
            announce,
        })
    }

    /** @throws UserError when it cannot listen */
    listen(): Promise<void> {
        return this.server.listen()
    }

    add(event: MemoryEvent): void {
        this.board.add(event)
    }

    close(): Promise<void> {
        return this.server.close()
    }
}
