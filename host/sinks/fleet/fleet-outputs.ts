import type { FleetOutputKind } from "./fleet-output"
import { homeAssistant } from "./home-assistant"
import { scrapeEndpoint } from "./scrape-endpoint"

/** All that figures of a fleet can be given to. A new one is one file, one line here and one in the configuration's schema. */
export const FLEET_OUTPUTS: readonly FleetOutputKind<object>[] = [
    scrapeEndpoint,
    homeAssistant,
] as FleetOutputKind<never>[] as FleetOutputKind<object>[]
