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
    sendReports(async (line, probe) => {
        if (!canPublish(client)) return
        let report = line
        try {
            // The VM shows an address in its log and in this error's message, and nowhere else.
            probe.toString(probe as any)
        } catch (error) {
            report += (error as Error).message.slice(WHAT_IS_WRONG)
        }
        await publishLine(client, report, topic)
    })
}

/**
 * Publishes a line where the reports go: what `keepReports` of `heapscope/devs/agent/last` tells.
 *
 * @param topic as `publishReports` has it
 * @returns false when the broker cannot be reached now
 */
export async function publishLine(
    client: MQTTClient,
    line: string,
    topic?: string,
): Promise<boolean> {
    if (!canPublish(client)) return false
    try {
        await client.publish(topic || `heapscope/${deviceIdentifier("self")}`, line, AT_LEAST_ONCE)
    } catch (error) {
        // The socket broke just now: the client opens another one by itself.
        return false
    }
    return true
}

/** Anything else the client would leave out too, and say so in the log each time. */
function canPublish({ readyState }: MQTTClient): boolean {
    return readyState === MQTTState.Connected || readyState === MQTTState.Sending
}
