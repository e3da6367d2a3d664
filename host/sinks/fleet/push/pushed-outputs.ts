import { join } from "node:path"
import type { OutputConfig } from "../../../documents/fleet/fleet-config"
import { readAccess } from "../../../link/node/access"
import type { FleetOutputKind } from "../fleet-output"
import { DurableQueue } from "./durable-queue"
import { openPost, readUrl } from "./http-post"
import { influxFormat } from "./influx-lines"
import { otlpFormat } from "./otlp"
import type { PushFormat } from "./push-format"
import { PushOutput } from "./push-output"
import { remoteWriteFormat } from "./remote-write"

type Settings = OutputConfig<"remoteWrite">

function pushed(
    key: "remoteWrite" | "influx" | "otlp",
    flag: { flag: string; text: string },
    makeFormat: () => PushFormat,
): FleetOutputKind<Settings> {
    return {
        key,
        flags: [flag],
        fromFlags: flags => (flags[key] === undefined ? undefined : { url: String(flags[key]) }),
        open({ url: address, ...access }, { cwd, env, store, announce }) {
            const format = makeFormat()
            const given = readUrl(address, `fleet.outputs.${key}.url`)
            const url = format.url?.(given) ?? given
            const { post, close } = openPost(url, readAccess(access, { cwd, env }))
            const queue = new DurableQueue(join(store.folder, key), store.limitBytes)
            const output = new PushOutput({ name: key, format, post, queue, announce })
            return {
                reading: reading => output.reading(reading),
                status: () => output.status(),
                async close() {
                    await output.close()
                    close()
                },
            }
        },
    }
}

/** What figures are sent to, for the table. */
export const pushedOutputs = [
    pushed(
        "remoteWrite",
        {
            flag: "--remote-write <url>",
            text: "send the figures by Prometheus' remote write: http://host:9090/api/v1/write",
        },
        remoteWriteFormat,
    ),
    pushed(
        "influx",
        {
            flag: "--influx <url>",
            text: "send them in InfluxDB's line protocol: http://host:8086/write?db=boards",
        },
        () => influxFormat,
    ),
    pushed(
        "otlp",
        {
            flag: "--otlp <url>",
            text: "send them by OpenTelemetry's OTLP over HTTP: http://host:4318/v1/metrics",
        },
        otlpFormat,
    ),
]
