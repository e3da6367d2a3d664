import { expect, it } from "vitest"
import { formatFigure } from "../../../../host/analysis/budgets/figure-text"

it("keeps the sign of what is less than one", () => {
    const rates = [-1334.34, -1.5, -0.2, -0.04, 0, 0.2, 16.66, 1334]
    expect(rates.map(rate => formatFigure("churn", rate))).toEqual([
        ...["-1,334.3 B/s", "-1.5 B/s", "-0.2 B/s", "0 B/s", "0 B/s"],
        ...["0.2 B/s", "16.7 B/s", "1,334 B/s"],
    ])
    expect(formatFigure("boardTime", -0.0625)).toBe("-0.063 ms")
})
