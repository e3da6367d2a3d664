import { ERROR_CODES, type ErrorFacts } from "../../base/error-codes"

const HEAD = `# Error codes

Every failure has a code. With \`--json\` it is printed on stdout, as one line and nothing else: \`{"error":{"code":"E_NO_FILE","message":"..."}}\`; the message alone goes to stderr, as it does without \`--json\`.
The exit code is 2 for wrong use, bad input and a board that cannot be reached, 1 for a program that failed and for a fault of heapscope, 130 for what was interrupted.
In a program, an error of \`heapscope/host\` has the same as its \`code\`.

This page is made from the table in \`host/base/error-codes.ts\`: \`npm run docs\` makes it anew.
`

/** The page of all error codes, in Markdown. */
export function errorPage(): string {
    return [HEAD, ...Object.entries<ErrorFacts>(ERROR_CODES).map(sectionOf)].join("\n")
}

function sectionOf([code, { text, command, situation, remedy }]: [string, ErrorFacts]): string {
    const example = command === undefined ? situation : `\`${command}\``
    return `## ${code}\n\n${text}\n\n- For example: ${example}\n- What to do: ${remedy}\n`
}
