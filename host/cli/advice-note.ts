import type { ConsoleOutput } from "./console-output"
import type { Program } from "../model/program/program"

/** Says on stderr what advice cannot tell of a program without debug information. */
export function noteMissingNames(
    { entry, debug }: Program,
    stderr: Pick<ConsoleOutput, "write">,
): void {
    if (debug) return
    stderr.write(
        `heapscope: there is no debug information beside ${entry}: advice knows the objects it keeps, but not who allocates. Give its source, or keep the -dbg.json that \`devs build\` writes beside it.\n`,
    )
}
