import type { DeathGroup, FleetReport, OutputStatus } from "../../documents/fleet/fleet-report"
import type { FleetBoard } from "./fleet-board"

/**
 * What became of a fleet up to now.
 * @param watchedMs real time since it began
 * @param deaths of its boards, by cause and place
 */
export function fleetReport(
    { boards, refused }: { boards: ReadonlyMap<string, FleetBoard>; refused: number },
    outputs: OutputStatus[],
    watchedMs: number,
    deaths: DeathGroup[] = [],
): FleetReport {
    const all = [...boards.values()]
    const sum = (of: (board: FleetBoard) => number) => all.reduce((so, one) => so + of(one), 0)
    return {
        schema: "heapscope/fleet@1",
        watchedMs,
        boards: { known: all.length, here: sum(({ isHere }) => Number(isHere !== false)), refused },
        reports: {
            received: sum(({ count }) => count.received),
            missed: sum(({ count }) => count.missed),
            doubled: sum(({ count }) => count.doubled),
        },
        deaths,
        outputs,
    }
}
