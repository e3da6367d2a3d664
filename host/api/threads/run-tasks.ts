import { fitRun } from "../../tasks/fit/fit-run"
import { liveOut } from "../../tasks/fleet/live-out"
import { measure } from "../../tasks/check/measure"

/** What can be done to a run in a thread, by the name that the thread is told. */
export const RUN_TASKS = { measure, fit: fitRun, life: liveOut }

export type RunTaskName = keyof typeof RUN_TASKS

type Options<N extends RunTaskName> = Parameters<(typeof RUN_TASKS)[N]>[1]

/** What a task is told beside the run's own settings. */
export type RunWants<N extends RunTaskName> = N extends "measure"
    ? Pick<Options<"measure">, "headroom" | "pictures">
    : N extends "fit"
      ? Pick<Options<"fit">, "checkMs" | "endsAtCheck" | "names">
      : Record<never, never>

/** What it answers. */
export type RunAnswer<N extends RunTaskName> = Omit<
    Awaited<ReturnType<(typeof RUN_TASKS)[N]>>,
    "interrupted"
>
