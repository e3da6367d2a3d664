import { BUDGETS, type Limit } from "../analysis/budgets"
import { UserError } from "../base/errors"
import { formatBytesExact } from "../base/format-units"
import type { Board } from "../boards/board"
import type { BudgetName, Budgets } from "../documents/config"
import { readSize, type NameOf, type Size } from "./run-settings"

/**
 * Budgets as numbers, each with where it was said.
 * @param maxLive goes before the budget `live`
 * @throws UserError naming the setting that is no size
 */
export function readLimits(budgets: Budgets, maxLive: Size | undefined, nameOf: NameOf): Limit[] {
    const limits = (Object.keys(BUDGETS) as BudgetName[]).flatMap(budget => {
        const value = budgets[budget]
        const where = nameOf(`budgets.${budget}`)
        if (value === undefined) return []
        const limit =
            typeof value === "number" && BUDGETS[budget].unit === "count"
                ? value
                : readSize(where, value)
        return [{ budget, limit, where }]
    })
    if (maxLive === undefined) return limits
    const where = nameOf("maxLive")
    const live = { budget: "live", limit: readSize(where, maxLive), where } as const
    return [live, ...limits.filter(({ budget }) => budget !== "live")]
}

/** @throws UserError for a limit that no run on this board could keep to */
export function refuseImpossible(limits: readonly Limit[], { id, heapBytes }: Board): void {
    for (const { budget, limit, where } of limits)
        if (BUDGETS[budget].bound === "least" && limit > heapBytes)
            throw new UserError(
                "E_VALUE",
                `${where}: ${formatBytesExact(limit)} is more than all the heap of ${id}, which has ${formatBytesExact(heapBytes)}.`,
            )
}
