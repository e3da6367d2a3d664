import { deviceIdentifier } from "@devicescript/core"
import { type MQTTClient, MQTTState } from "@devicescript/net"
import { sendReports } from "./agent"

/** Characters of `Unknown encoding`, after which the VM shows what it was given. */
const WHAT_IS_WRONG = 16
/** Whoever listens to the broker and is away for a moment gets the report then. */
const AT_LEAST_ONCE = 1

/**
 * Publishes the agent's reports, beside writing them to the log: `heapscope fleet` takes them from the
 * broker. It starts the agent if nobody has. A board has one socket, so it takes the program's own client.
 *
 * While the broker cannot be reached reports are left out. They count themselves, so the fleet tells how
 * many it has missed.
 *
 * @param client connected, or on its way
 * @param topic default `heapscope/` and the board's Jacdac identifier: the fleet calls the board by its
 * last part
 */
export function publishReports(client: MQTTClient, topic?: string): void {
    const to = topic || `heapscope/${deviceIdentifier("self")}`
    sendReports(async (line, probe) => {
        // Anything else it would leave out too, and say so in the log each time.
        const state = client.readyState
        if (state !== MQTTState.Connected && state !== MQTTState.Sending) return
        let report = line
        try {
            // The VM shows an address in its log and in this error's message, and nowhere else.
            probe.toString(probe as any)
        } catch (error) {
            report += (error as Error).message.slice(WHAT_IS_WRONG)
        }
        try {
            await client.publish(to, report, AT_LEAST_ONCE)
        } catch (error) {
            // The socket broke just now: the client opens another one by itself.
        }
    })
}
