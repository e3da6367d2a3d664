import type { WorldCloud } from "../network/cloud"
import type { Wifi } from "../network/wifi"
import type { WorldTime } from "../world-time"
import { playReports } from "./play-reports"
import type { RecordedCast } from "./recorded-services"

/** Classes of the catalogue, and what their events are. */
export const WIFI = { serviceClass: 0x18aae1fa, gotIp: 1, lostIp: 2 } as const
export const CLOUD = { serviceClass: 0x14606e9c, json: 0x80, binary: 0x81 } as const

/**
 * The network as the board's own services told of it: when it was there, and what the cloud sent. Of its
 * other connections nothing is on a board's wire.
 */
export function playRecordedNetwork(
    time: WorldTime,
    cast: RecordedCast,
    wifi: Pick<Wifi, "setUp">,
    cloud: Pick<WorldCloud, "send">,
): void {
    const network = cast.take(WIFI.serviceClass, true, "the WiFi")
    if (network)
        playReports(time, network, ({ event }) => {
            if (event === WIFI.gotIp || event === WIFI.lostIp) wifi.setUp(event === WIFI.gotIp)
        })
    const adapter = cast.take(CLOUD.serviceClass, true, "the cloud")
    if (adapter)
        playReports(time, adapter, ({ event, data }) => {
            const form = event === CLOUD.json ? "json" : "binary"
            if (event !== CLOUD.json && event !== CLOUD.binary) return
            const end = data.indexOf(0)
            if (end < 0) return
            cloud.send(new TextDecoder().decode(data.slice(0, end)), form, data.slice(end + 1))
        })
}
