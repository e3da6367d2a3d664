import * as v from "valibot"
import { UserError } from "../../base/errors"
import { issueText } from "../../base/issue-text"
import { shorten } from "../../base/shorten"

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const variable = v.object({ name: v.string(), type: v.string() })

const schema = v.object({
    functions: v.array(
        v.object({
            name: v.string(),
            startpc: count,
            size: count,
            location: v.optional(v.tuple([count, count])),
            slots: v.array(variable),
        }),
    ),
    globals: v.array(variable),
    srcmap: v.pipe(
        v.array(v.pipe(v.number(), v.integer())),
        v.check(map => map.length % 3 === 0, "Not a list of triples"),
        v.check(map => map.every((value, i) => i % 3 === 0 || value >= 0), "Goes backwards"),
    ),
    sources: v.array(v.object({ path: v.string(), length: count, text: v.optional(v.string()) })),
    binarySHA256: v.optional(v.string()),
})

/**
 * What we use of the compiler's `bytecode-dbg.json`. A position counts UTF-16 units through the
 * texts of all `sources`, put one after another in their order; a *pc* is a byte offset in the image.
 */
export type DebugInfo = v.InferOutput<typeof schema>

/**
 * One function of the program, in the order of the image's function table. `size` is that of its
 * code and of its table entry; `location` is position and length; `slots` are its parameters, then
 * its locals. Functions that the compiler made up have no location.
 */
export type DebugFunction = DebugInfo["functions"][number]

/** Parses and checks debug information. `file` names it in the `UserError` when it is damaged. */
export function parseDebugInfo(json: string, file: string): DebugInfo {
    let data: unknown
    try {
        data = JSON.parse(json)
    } catch (error) {
        throw new UserError(
            "E_BYTECODE",
            `${file} is damaged: ${shorten((error as Error).message)}. Build it again.`,
        )
    }
    const result = v.safeParse(schema, data, { abortEarly: true })
    if (result.success) return result.output
    throw new UserError(
        "E_BYTECODE",
        `${file} is not debug information of this DeviceScript release: ${issueText(result.issues[0])}. Build it again.`,
    )
}
