import * as v from "valibot"
import { shorten } from "./shorten"

/** What is wrong with a file, as the schema it was held against has it, in words for people. */
export function issueText(issue: v.BaseIssue<unknown>): string {
    const place = v.getDotPath(issue)
    if (place === null) return "must hold a JSON object"
    if (issue.kind === "schema" && issue.received === "undefined") return `${place}: is missing`
    if (issue.expected === "never") return `${place}: is not a field we know`
    return shorten(`${place}: ${issue.message}`)
}
