import { basename, dirname, extname, join, resolve } from "node:path"
import { ProgramError, UserError } from "../base/errors"
import { formatDuration } from "../base/format-units"
import { writeWhole } from "../base/node/write-file"
import { toPng } from "../sinks/files/png"
import type { RunOptions } from "../simulator/run"
import type { Shown } from "../model/shown"
import { shownIn } from "../simulator/world/shown"
import type { World } from "../simulator/world/world"
import { readTime } from "../api/run-settings"

/** The flags with which a run's displays and LED strips are seen. */
export interface ShowFlags {
    show?: boolean
    png?: string
    at?: string
}

export const SHOW_OPTIONS = [
    [
        "--show",
        "draw what displays and LED strips show: under the report, and with --live all the time",
    ],
    [
        "--png <file>",
        "write what they show as PNG: the first into the file, the others beside it as file-2.png, file-3.png",
    ],
    ["--at <duration>", "with --show or --png: at this simulated time, not at the end"],
] as const

/** Looks at the displays and the strips of one run's world at the moment that was asked for. */
export class DisplayShots {
    /** What they showed; undefined until the moment has come. */
    shown: readonly Shown[] | undefined
    private world: World | undefined
    private readonly atMs: number | undefined

    /** @throws UserError when the flags do not go together */
    constructor(
        private readonly flags: ShowFlags,
        { forMs, json }: { forMs: number; json: boolean },
    ) {
        const { show, png, at } = flags
        if (at !== undefined && !show && png === undefined)
            throw new UserError(
                "E_FLAG_CONFLICT",
                "--at says when to look at the displays: give it with --show or --png.",
            )
        if (show && json)
            throw new UserError(
                "E_FLAG_CONFLICT",
                "--show draws beside the report, and --json is the report alone: take --png <file>.",
            )
        this.atMs = at === undefined ? undefined : readTime("--at", at)
        if (this.atMs !== undefined && this.atMs > forMs)
            throw new UserError(
                "E_VALUE",
                `--at ${at} is after the end of the run, which takes ${formatDuration(forMs)}: give it a longer --for.`,
            )
    }

    /** What the run is to be given beside its own: the world that is looked at, and when. */
    options(
        makeWorld: NonNullable<RunOptions["makeWorld"]>,
    ): Pick<RunOptions, "makeWorld" | "moments" | "onMoment"> {
        return {
            makeWorld: (seed, program) => (this.world = makeWorld(seed, program)),
            ...(this.atMs !== undefined && {
                moments: [this.atMs],
                onMoment: () => (this.shown = this.look()),
            }),
        }
    }

    /**
     * To be called when the run is over.
     * @throws ProgramError when the moment did not come, or nothing shows anything
     */
    async finish(cwd: string): Promise<void> {
        const { png, at } = this.flags
        if (this.atMs === undefined) this.shown = this.look()
        if (png === undefined) return
        if (!this.shown)
            throw new ProgramError("E_MOMENT", `--at ${at}: the program was over before that.`)
        const pictures = this.shown.flatMap(({ picture }) => picture ?? [])
        if (pictures.length === 0)
            throw new ProgramError(
                "E_MOMENT",
                `there is no picture for --png ${png}: the program had drawn on no display ${at === undefined ? "when the run was over" : `at ${at}`}, and sent nothing to a strip of LEDs.`,
            )
        for (const [index, picture] of pictures.entries())
            await writeWhole(resolve(cwd, numbered(png, index)), toPng(picture))
    }

    private look(): Shown[] {
        return this.world ? shownIn(this.world) : []
    }
}

/** `screen.png`, `screen-2.png` and so on. */
function numbered(file: string, index: number): string {
    if (index === 0) return file
    const extension = extname(file)
    return join(dirname(file), `${basename(file, extension)}-${index + 1}${extension}`)
}
