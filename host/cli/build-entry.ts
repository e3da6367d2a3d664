import { buildProgram } from "../compiler/node/build"
import type { Program } from "../model/program/program"
import type { CommandContext } from "./command-context"
import type { Progress } from "./progress"
import { defaultEntry, isProject } from "./run-options"

/**
 * Builds the program a command was given, or the one it means when it was given none, and tells on
 * stderr how that goes.
 * @throws what `buildProgram` does
 */
export function buildEntry(
    entry: string | undefined,
    { cwd, signal, stderr }: Pick<CommandContext, "cwd" | "signal" | "stderr">,
    progress: Progress,
): Promise<Program> {
    if (entry === undefined && !isProject(cwd))
        stderr.write("there is no project here: this is heapscope's own demo, the order station\n")
    return buildProgram(entry ?? defaultEntry(cwd), {
        cwd,
        signal,
        onProgress: text => progress.show(text),
        onWarning: text => stderr.write(`${text}\n`),
    })
}
