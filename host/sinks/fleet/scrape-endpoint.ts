import { UserError } from "../../base/errors"
import type { OutputConfig } from "../../documents/fleet/fleet-config"
import { readMetricsAddress } from "../metrics/metrics-address"
import { MetricsServer } from "../metrics/metrics-server"
import { prometheusText } from "../metrics/prometheus-text"
import { readSecret, readPem } from "../../link/node/access"
import { fleetMetrics, ownMetrics } from "./fleet-metrics"
import type { FleetOutputKind } from "./fleet-output"

type Settings = OutputConfig<"prometheus">

/** All boards' figures for Prometheus, which comes for them, for the table. */
export const scrapeEndpoint: FleetOutputKind<Settings> = {
    key: "prometheus",
    flags: [
        {
            flag: "--metrics [address]",
            text: "serve the figures for Prometheus at http://127.0.0.1:9464/metrics, or at another port or address:port",
        },
    ],
    fromFlags({ metrics }) {
        if (metrics === undefined) return undefined
        return metrics === true ? {} : { listen: String(metrics) }
    },
    async open({ listen, cert, key, ...secret }, { cwd, env, boards, statuses, announce }) {
        if ((cert === undefined) !== (key === undefined))
            throw new UserError("E_CONFIG", "fleet.outputs.prometheus: cert and key go together.")
        const server = new MetricsServer({
            ...readMetricsAddress(listen),
            text: () =>
                prometheusText([...fleetMetrics(boards()), ...ownMetrics(boards(), statuses())]),
            announce,
            tls:
                cert !== undefined && key !== undefined
                    ? { cert: readPem(cert, cwd), key: readPem(key, cwd) }
                    : undefined,
            token: readSecret("token", secret, { cwd, env }),
        })
        await server.listen()
        return { close: () => server.close() }
    },
}
