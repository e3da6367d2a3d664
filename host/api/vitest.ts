/**
 * Matchers for vitest: `import "heapscope/vitest"` in a test or a set-up file, and
 * `expect(await simulate(...))` has them.
 */
import { expect } from "vitest"
import { stayUnder, allocateNothingAfter, haveNoLeaks, type Verdict } from "./expectations"
import type { Budget } from "./expectations"
import type { Duration } from "./run-settings"
import type { Simulation } from "./simulate"

export type { Budget } from "./expectations"

interface HeapscopeMatchers<R> {
    /** The program stayed alive, and each figure named at or below its limit. */
    toStayUnder(budget: Budget): R
    /**
     * No line of the program allocates from this simulated time on. Call frames do not count, nor what
     * timers and the runtime take by themselves.
     */
    toAllocateNothingAfter(time: Duration): R
    /** Nothing never stops growing. The run was made with `leaks: true`. */
    toHaveNoLeaks(): R
}

declare module "vitest" {
    // oxlint-disable-next-line typescript/no-explicit-any, typescript/no-empty-object-type
    interface Matchers<T = any> extends HeapscopeMatchers<T> {}
}

const asResult = ({ pass, holds, fails }: Verdict) => ({
    pass,
    message: () => (pass ? holds : fails),
})

expect.extend({
    toStayUnder: (run: Simulation, budget: Budget) => asResult(stayUnder(run, budget)),
    toAllocateNothingAfter: (run: Simulation, time: Duration) =>
        asResult(allocateNothingAfter(run, time)),
    toHaveNoLeaks: (run: Simulation) => asResult(haveNoLeaks(run)),
})
