import { existsSync } from "node:fs"
import { resolve } from "node:path"
import * as v from "valibot"
import { parseBaseline } from "../../analysis/budgets/baseline-text"
import { UserError } from "../../base/errors"
import { issueText } from "../../base/issue-text"
import { readText } from "../../base/node/read-file"
import { shorten } from "../../base/shorten"
import type { CallNode } from "../../documents/profile-report"
import { knownRun, type Baseline } from "../../documents/check/baseline"
import { CHECK_REPORT_SCHEMA, type Check, type CheckReport } from "../../documents/check/report"

/** Where a project keeps what its programs took. */
export const BASELINE_FILE = "heapscope.baseline"
/** A day of all boards is a tenth of this. */
const MAX_BYTES = 1 << 28

/** So much of a report as nothing can be said without. */
const ReportSchema = v.looseObject({
    schema: v.literal(CHECK_REPORT_SCHEMA),
    passed: v.boolean(),
    checks: v.array(
        v.looseObject({
            passed: v.boolean(),
            failures: v.array(v.looseObject({ kind: v.string(), message: v.string() })),
            warnings: v.array(v.looseObject({ kind: v.string(), message: v.string() })),
            expected: v.looseObject({}),
            figures: v.record(v.string(), v.nullable(v.number())),
            structures: v.array(v.looseObject({ name: v.string() })),
            liveOverTime: v.array(v.number()),
            budgets: v.array(v.looseObject({ figure: v.string(), over: v.number() })),
            parts: v.record(
                v.string(),
                v.array(v.looseObject({ what: v.string(), value: v.number(), count: v.number() })),
            ),
            report: v.looseObject({
                program: v.looseObject({ entry: v.string() }),
                board: v.looseObject({ id: v.string(), heapBytes: v.number() }),
                vm: v.looseObject({ version: v.string() }),
                asked: v.looseObject({ forMs: v.number(), seed: v.number() }),
                outcome: v.looseObject({ kind: v.string() }),
                judgement: v.looseObject({ severity: v.string(), headline: v.string() }),
                heap: v.looseObject({ highWaterLiveBytes: v.number(), capacityBytes: v.number() }),
            }),
        }),
    ),
    shard: v.optional(v.object({ number: v.number(), of: v.number(), planned: v.number() })),
    interrupted: v.optional(v.literal(true)),
})

/** A project's baseline; undefined when it keeps none. @param name the file that was asked for */
export function loadBaseline(cwd: string, name?: string): Baseline | undefined {
    const file = name ?? BASELINE_FILE
    if (name === undefined && !existsSync(resolve(cwd, file))) return undefined
    return parseBaseline(readText(resolve(cwd, file), file, MAX_BYTES), file)
}

/**
 * An earlier report as what programs took before.
 * @param trees who allocated, of the checks of which that is known
 */
export function baselineOf(
    { checks }: CheckReport,
    name: string,
    trees?: ReadonlyMap<Check, CallNode>,
): Baseline {
    return { name, runs: checks.map(check => knownRun(check, trees?.get(check))) }
}

/**
 * Reads a report of `check --json`.
 * @throws UserError when there is none, or it is not one that is whole
 */
export function readCheckReport(cwd: string, name: string): CheckReport {
    const refuse = (why: string) =>
        new UserError("E_CHECK_REPORT", `${name} is no report of heapscope check --json: ${why}.`)
    let value: unknown
    const text = readText(resolve(cwd, name), name, MAX_BYTES)
    try {
        value = JSON.parse(text)
    } catch (error) {
        throw refuse(shorten((error as Error).message))
    }
    const result = v.safeParse(ReportSchema, value, { abortEarly: true })
    if (!result.success) throw refuse(issueText(result.issues[0]))
    return value as CheckReport
}
