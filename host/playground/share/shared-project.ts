import * as v from "valibot"
import { UserError } from "../../base/errors"
import { formatBytesExact } from "../../base/format-units"
import { MAX_FILES, MAX_PROJECT_BYTES, whyNotNamed } from "../editor/file-name"
import { PACKAGE_ROOT, PROJECT_ROOT, type Project } from "../project"

/** Longest value of a flag, as `20KiB` or the name of a board. Characters. */
const MAX_FLAG = 100
const MAX_TITLE = 100
/** Of the package's own folders, where programs are: a project cannot put itself in place of a library. */
const PACKAGE_PROGRAMS = "devs/"

const Flag = v.optional(v.pipe(v.string(), v.maxLength(MAX_FLAG)))
/** As it is passed on: files are pairs, so that no name is a key of an object. */
const SharedSchema = v.object({
    title: v.pipe(v.string(), v.maxLength(MAX_TITLE)),
    /** Of the package's own programs, which import from there. */
    ofPackage: v.boolean(),
    entry: v.string(),
    files: v.array(v.tuple([v.string(), v.string()])),
    flags: v.object({
        ...{ board: Flag, heap: Flag, world: Flag, scenario: Flag },
        ...{ seed: Flag, for: Flag, speed: Flag },
    }),
    /** The moment that is looked at, in simulated milliseconds. */
    atMs: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0))),
})

/** What is passed on: a project, and where in its run one looks. */
export interface Shared {
    project: Project
    /** Simulated milliseconds. */
    atMs?: number
}

export function toShared({ project, atMs }: Shared): v.InferOutput<typeof SharedSchema> {
    const { title, root, entry, files, flags } = project
    return {
        ...{ title: title.slice(0, MAX_TITLE), ofPackage: root === PACKAGE_ROOT, entry, flags },
        files: Object.entries(files),
        ...(atMs !== undefined && { atMs }),
    }
}

/**
 * A project as somebody else made it, checked: its form, the names and the sizes of its files.
 * @throws UserError saying what of it cannot be taken
 */
export function fromShared(value: unknown): Shared {
    const parsed = v.safeParse(SharedSchema, value)
    if (!parsed.success) throw refused("it does not have the form of a project")
    const { title, ofPackage, entry, files, flags, atMs } = parsed.output
    if (files.length > MAX_FILES) throw refused(`it has more than ${MAX_FILES} files`)
    const names: string[] = []
    for (const [name] of files) {
        const why = whyNotNamed(name, names)
        if (why !== undefined) throw refused(`a file of it has a name that cannot be. ${why}`)
        if (ofPackage && !name.startsWith(PACKAGE_PROGRAMS))
            throw refused(`a file of it would stand outside of ${PACKAGE_PROGRAMS}`)
        names.push(name)
    }
    const encoder = new TextEncoder()
    const bytes = files.reduce((sum, [, text]) => sum + encoder.encode(text).length, 0)
    if (bytes > MAX_PROJECT_BYTES)
        throw refused(`its files have more than ${formatBytesExact(MAX_PROJECT_BYTES)}`)
    if (!names.includes(entry) || !/(?<!\.d)\.tsx?$/.test(entry))
        throw refused("it has no program to begin with")
    if (flags.scenario !== undefined && !names.includes(flags.scenario))
        throw refused("it has not the world that it names")
    return {
        project: {
            ...{ title, entry },
            root: ofPackage ? PACKAGE_ROOT : PROJECT_ROOT,
            files: Object.fromEntries(files),
            flags: Object.fromEntries(
                Object.entries(flags).filter(([, value]) => value !== undefined),
            ),
        },
        ...(atMs !== undefined && { atMs }),
    }
}

function refused(why: string): UserError {
    return new UserError("E_VALUE", `This project cannot be opened: ${why}.`)
}
