import { formatBytesExact } from "../../base/format-units"
import type { Check } from "../../documents/check/report"
import type { BudgetsConfig } from "../../documents/config"

/** Of what a program takes, so much more is no surprise in a program that is worked on. */
const MORE = 0.1
/** What the largest free block may lose: what is live may grow, and splits it where it likes. */
const LESS = 0.25
/** Limits are whole multiples of this. Bytes. */
const STEP = 64

/**
 * Budgets that a program keeps today with a little to spare, each with its reason: what it takes now on the
 * board where that is worst.
 * @param checks of one program, a board each; none that dies
 */
export function proposeBudgets(checks: readonly Check[]): BudgetsConfig {
    const most = (figure: "live" | "flash" | "steadyAllocations") => extreme(checks, figure, 1)
    const [live, flash, steady] = [most("live"), most("flash"), most("steadyAllocations")]
    const free = extreme(checks, "largestFree", -1)
    const limitOf = (value: number) => `${up(value * (1 + MORE))}B`
    const least = free && down(free.value * (1 - LESS))
    return {
        ...(live && {
            live: { limit: limitOf(live.value), reason: reasonOf(live, "a tenth more") },
        }),
        ...(free &&
            least && {
                largestFree: { limit: `${least}B`, reason: reasonOf(free, "a quarter less") },
            }),
        ...(steady && {
            steadyAllocations: {
                limit: Math.ceil(steady.value * (1 + MORE)),
                reason:
                    steady.value === 0
                        ? "it allocates nothing once it is under way"
                        : `${steady.value} now on ${steady.board}, and a tenth more`,
            },
        }),
        ...(flash && {
            flash: { limit: limitOf(flash.value), reason: reasonOf(flash, "a tenth more") },
        }),
    }
}

/** A figure on the board where it is worst. */
interface Extreme {
    value: number
    board: string
}

function extreme(
    checks: readonly Check[],
    figure: "live" | "flash" | "steadyAllocations" | "largestFree",
    sign: 1 | -1,
): Extreme | undefined {
    let worst: Extreme | undefined
    for (const { figures, report } of checks) {
        const value = figures[figure]
        if (value === null || (worst && (value - worst.value) * sign <= 0)) continue
        worst = { value, board: report.board.id }
    }
    return worst
}

function reasonOf({ value, board }: Extreme, spare: string): string {
    return `${formatBytesExact(value)} now on ${board}, and ${spare}`
}

function up(bytes: number): number {
    return Math.ceil(bytes / STEP) * STEP
}

function down(bytes: number): number {
    return Math.floor(bytes / STEP) * STEP
}
