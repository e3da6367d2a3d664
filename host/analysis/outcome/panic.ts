import type { Outcome, PanicName, Verdict } from "../../documents/sim-report"

/** A program's death as the VM tells it. */
export interface Panic {
    /** `DEVS_PANIC_*` in the VM's `devicescript.h`; 0 for a fault of the firmware itself. */
    code: number
    /** What an unhandled exception said: its class and message. */
    exception?: string
}

const NAMES: Record<number, PanicName> = {
    0: "firmware-fault",
    60001: "endless-loop",
    60004: "out-of-memory",
    60005: "unhandled-exception",
    60006: "stack-overflow",
}

/** Codes from here to 60199 say that the bytecode is not sound (`devs_invalid_program`). */
const FIRST_BAD_PROGRAM = 60100
const LAST_BAD_PROGRAM = 60199

/** Name, verdict and words for a panic. */
export function explainPanic(panic: Panic): Pick<Outcome, "panicName" | "verdict" | "message"> & {
    panicName: PanicName
    verdict: Verdict
    message: string
} {
    const panicName = nameOfPanic(panic.code)
    switch (panicName) {
        case "out-of-memory":
            // The judgement of the run says why.
            return { panicName, verdict: "growth", message: "No memory was left." }
        case "stack-overflow":
            return {
                panicName,
                verdict: panicName,
                message:
                    "More than 100 calls were open at once, the most the VM allows. " +
                    "A function that calls itself goes no deeper: a loop with a list of what is left to do does.",
            }
        case "endless-loop":
            return {
                panicName,
                verdict: panicName,
                message:
                    "One piece of code ran for 131,072 steps without waiting, the most the VM allows: " +
                    "whether it would have come to an end is not told. Let long loops sleep now and then.",
            }
        case "unhandled-exception":
            return {
                panicName,
                verdict: panicName,
                message: sentence(
                    `Nobody caught this exception: ${panic.exception ?? "the log has its text"}`,
                ),
            }
        case "bad-program":
            return {
                panicName,
                verdict: panicName,
                message: `The VM met bytecode it cannot run (code ${panic.code}): compile the program again.`,
            }
        case "program-panic":
            return {
                panicName,
                verdict: panicName,
                message: `The program stopped itself with panic code ${panic.code}.`,
            }
        case "firmware-fault":
            return {
                panicName,
                verdict: panicName,
                message:
                    "The firmware itself stopped: a board resets then. " +
                    "The end of the log says what it was doing.",
            }
    }
}

/** The name of a panic's code. */
export function nameOfPanic(code: number): PanicName {
    const bad = code >= FIRST_BAD_PROGRAM && code <= LAST_BAD_PROGRAM
    return NAMES[code] ?? (bad ? "bad-program" : "program-panic")
}

/** What a program says may end as a sentence does. */
function sentence(text: string): string {
    return /[.!?…]$/.test(text) ? text : `${text}.`
}
