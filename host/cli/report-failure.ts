import type { CommanderError } from "commander"
import type { ErrorCode } from "../base/error-codes"
import { toJson } from "../base/json"
import { failureOf, ProgramError, UserError } from "../base/errors"
import type { ConsoleOutput } from "./console-output"
import { EXIT, type ExitCode } from "./command-context"

type Output = Pick<ConsoleOutput, "write">

interface Outputs {
    stdout: Output
    stderr: Output
}

/** A command that was ended before it had a result. */
export const INTERRUPTED = new UserError("E_INTERRUPTED", "It was ended before there was a result.")

/** commander's own codes for wrong use, where ours say more than that the arguments are not right. */
const COMMANDER_CODES: Partial<Record<string, ErrorCode>> = {
    "commander.unknownCommand": "E_UNKNOWN_COMMAND",
    "commander.unknownOption": "E_UNKNOWN_FLAG",
    "commander.invalidArgument": "E_VALUE",
    "commander.conflictingOption": "E_FLAG_CONFLICT",
}

/** Whether a failure is to be JSON: known of the bare arguments, as they may be what is wrong. */
export function isJsonWanted(args: readonly string[]): boolean {
    const end = args.indexOf("--")
    return args.slice(0, end < 0 ? undefined : end).includes("--json")
}

/**
 * Tells what a command failed of: on stderr for people, and with `--json` on stdout for programs.
 * @returns the exit code
 */
export function reportFailure(
    error: unknown,
    json: boolean,
    { stdout, stderr }: Outputs,
): ExitCode {
    if (json) writeJson(failureOf(error), stdout)
    if (error === INTERRUPTED) return EXIT.interrupted
    if (error instanceof UserError || error instanceof ProgramError) {
        stderr.write(`heapscope: ${error.message}\n`)
        return error instanceof UserError ? EXIT.wrongUse : EXIT.failed
    }
    const details = process.env.HEAPSCOPE_DEBUG && error instanceof Error ? error.stack : undefined
    const advice = "This is a fault of heapscope or of the VM: HEAPSCOPE_DEBUG=1 shows where."
    stderr.write(`heapscope: ${failureOf(error).message}\n${details ?? advice}\n`)
    return EXIT.failed
}

/** Tells with `--json` of arguments that commander did not take. It has told people on stderr. */
export function reportWrongUse(
    { code, message }: CommanderError,
    json: boolean,
    { stdout }: Pick<Outputs, "stdout">,
): ExitCode {
    // Without a command, commander's message is the name of what it printed instead.
    const text =
        code === "commander.help" ? "Name a command." : message.replace(/^error: /, "").trim()
    if (json) writeJson({ code: COMMANDER_CODES[code] ?? "E_ARGUMENTS", message: text }, stdout)
    return EXIT.wrongUse
}

/** One line: a command that prints a line an event may end with it. */
function writeJson(error: { code: ErrorCode; message: string }, stdout: Output): void {
    stdout.write(toJson({ error }) + "\n")
}
