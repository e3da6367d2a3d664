import { toJson } from "../../base/json"
import type { ReportKind } from "../report-kind"
import { checkAnnotations } from "./check-annotations"
import { checkCodeQuality } from "./check-code-quality"
import { checkHtml } from "./check-html"
import { checkJunit } from "./check-junit"
import { checkMarkdown } from "./check-markdown"
import type { FoundByCheck } from "./found-by-check"

/** Ways in which CI takes a check: a file each. `/dev/stdout` prints it. */
export const CHECK_REPORTS: ReportKind<FoundByCheck>[] = [
    {
        flag: "--out <file>",
        text: "write the JSON report to a file too",
        render: ({ report }) => `${toJson(report, 2)}\n`,
    },
    {
        flag: "--markdown <file>",
        text: "write Markdown for a job's summary or a comment",
        render: checkMarkdown,
    },
    {
        flag: "--html <file>",
        text: "write one HTML file to keep: charts, flame graphs, maps of the heap, what changed",
        render: checkHtml,
    },
    {
        flag: "--junit <file>",
        text: "write JUnit XML, which CI servers show as tests",
        render: checkJunit,
    },
    {
        flag: "--annotations <file>",
        text: "write GitHub's annotations, at the line that took it: /dev/stdout in a workflow",
        render: checkAnnotations,
    },
    {
        flag: "--code-quality <file>",
        text: "write GitLab's report of code quality",
        render: checkCodeQuality,
    },
]
