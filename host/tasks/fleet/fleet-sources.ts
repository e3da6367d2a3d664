import type { FleetSourceKind } from "./fleet-source"
import { mqttBoards } from "./mqtt-boards"
import { portBoards } from "./port-boards"
import { recordedBoards } from "./recorded-boards"
import { simulatedBoards } from "./simulated-boards"

/** All that boards can be reached by. A new one is one file, one line here and one in the configuration's schema. */
export const FLEET_SOURCES: readonly FleetSourceKind[] = [
    portBoards,
    mqttBoards,
    recordedBoards,
    simulatedBoards,
] as FleetSourceKind<never>[] as FleetSourceKind[]
