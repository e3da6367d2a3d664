import type { FleetOutputKind } from "./fleet-output"
import { homeAssistant } from "./home-assistant"
import { ndjsonOutput } from "./ndjson"
import { pushedOutputs } from "./push/pushed-outputs"
import { wallPage } from "./wall-page"
import { incidentFiles } from "./incident-files"
import { scrapeEndpoint } from "./scrape-endpoint"

/** All that figures of a fleet can be given to. A new one is one file, one line here and one in the configuration's schema. */
export const FLEET_OUTPUTS: readonly FleetOutputKind<object>[] = [
    scrapeEndpoint,
    homeAssistant,
    ...pushedOutputs,
    ndjsonOutput,
    incidentFiles,
    wallPage,
] as FleetOutputKind<never>[] as FleetOutputKind<object>[]
