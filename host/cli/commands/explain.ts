import type { Command } from "commander"
import { toJson } from "../../base/json"
import { UserError } from "../../base/errors"
import { nearest } from "../../base/nearest"
import { findTerm, GLOSSARY } from "../../documents/glossary"
import { indent, wrap } from "../../sinks/terminal/text/text-layout"
import { EXIT, type Act, type CommandContext, type ExitCode } from "../command-context"
import { styleFor } from "../output"

interface ExplainFlags {
    json?: boolean
    color: boolean
}

const EXAMPLES = `
Examples:
  $ heapscope explain fragmentation
  $ heapscope explain                       all words there are`

export function addExplainCommand(program: Command, act: Act): void {
    program
        .command("explain")
        .description("Explains a word of reports, screens and pictures in two sentences.")
        .argument("[word]", "live, hole, fragmentation, call frame, ...")
        .option("--json", "print as JSON")
        .option("--no-color", "no colour")
        .addHelpText("after", EXAMPLES)
        .action((word: string | undefined, flags: ExplainFlags) =>
            act(context => explain(word, flags, context)),
        )
}

async function explain(
    word: string | undefined,
    flags: ExplainFlags,
    { stdout }: CommandContext,
): Promise<ExitCode> {
    const terms = word === undefined ? GLOSSARY : [termOf(word)]
    if (flags.json) stdout.write(toJson({ schema: "heapscope/glossary@1", terms }, 2) + "\n")
    else {
        const style = styleFor(stdout, flags.color)
        const inner = indent.narrow(style)
        const text = terms.map(({ names, means }) => {
            const title = names[0]! + (names.length > 1 ? `   (${names.slice(1).join(", ")})` : "")
            return `${style.colors.bold(title)}\n${indent.lines(wrap(means, inner.width).join("\n"), inner)}`
        })
        stdout.write(text.join("\n\n") + "\n")
    }
    return EXIT.ok
}

function termOf(word: string) {
    const term = findTerm(word)
    if (term) return term
    const names = GLOSSARY.flatMap(one => one.names)
    const near = nearest(word, names)
    const hint = near ? `did you mean ${near}?` : "heapscope explain lists them all."
    throw new UserError("E_ARGUMENTS", `no such word: ${word.slice(0, 40)}; ${hint}`)
}
