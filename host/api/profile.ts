import type { Order } from "../documents/cost"
import type { ProfileReport } from "../documents/profile-report"
import { loadVm } from "../simulator/node/load-vm"
import { profileRun } from "../tasks/profile-run"
import { programOf, type ProgramOrEntry } from "./program"
import { readRunSettings } from "./run-settings"
import type { SimulateOptions } from "./simulate"

export interface ProfileOptions extends Omit<SimulateOptions, "leaks"> {
    /** What to sort by: bytes allocated, bytes live at the end, the number of allocations, or board time. */
    by?: Order
}

/**
 * Runs a program as `simulate` does and charges every byte it allocates to a source line, a function and
 * a path of calls, and its board time to lines and functions.
 * @throws HeapscopeError as `simulate` does
 */
export async function profile(
    program: ProgramOrEntry,
    options: ProfileOptions = {},
): Promise<ProfileReport> {
    const { by, advice, signal } = options
    const settings = readRunSettings(options, program)
    const built = await programOf(program, options)
    const result = await profileRun(
        loadVm(),
        { ...settings, program: built, advice: !!advice, ...(signal && { signal }) },
        by,
    )
    signal?.throwIfAborted()
    return result.profile
}
