import { relative, resolve } from "node:path"
import { withSlashes } from "../../base/node/with-slashes"
import { unifiedDiff } from "./unified-diff"
import { CompileError } from "../../compiler/node/compile-error"
import type { Workpiece, Workshop } from "../../compiler/node/workshop"
import type { EditRule, Proposal } from "../../compiler/edits/edit"
import { Refusal } from "../../compiler/edits/refusal"
import { applyEdits, type TextEdit } from "../../compiler/edits/text-edit"
import { EDIT_RULES } from "../../compiler/edits/edit-rules"
import type { Advice } from "../../documents/advice"
import type { Aim } from "../../documents/aim"
import {
    FIX_REPORT_SCHEMA,
    type FixChange,
    type FixFigures,
    type FixReport,
} from "../../documents/fix/fix-report"
import type { SimReport } from "../../documents/sim-report"
import { EffectLog } from "../../simulator/observers/effect-log"
import type { RunOptions } from "../../simulator/run"
import { adviseRun } from "../advice-run"
import { judgeEdit } from "./judge-edit"

export interface FixOptions extends Omit<RunOptions, "program" | "onEvent" | "signal"> {
    signal: AbortSignal
    /** Where files are named from. */
    cwd: string
    /** Rules whose advice is carried out. Default: all. */
    only?: readonly string[]
    aim?: Aim | undefined
    /** What carries advice out, by rule. */
    rules?: Readonly<Record<string, readonly EditRule[]>>
    /** Told what is going on. */
    onStep?: (text: string) => void
}

/** A program that is fixed: its report, and what its files are to hold. */
export interface FixedProgram {
    report: FixReport
    /** By absolute path: the text before, and after. */
    files: Map<string, { before: string; after: string }>
}

/** A version of the program that has run. */
interface Version extends Workpiece {
    report: SimReport
    effects: EffectLog
}

/** More edits of one program than this come from a rule that never ends. */
const MAX_KEPT = 200
/** Real time that a version may take, as a multiple of the first one's, and beside that. Milliseconds. */
const PATIENCE = 10
const PATIENCE_MS = 30_000

/** The rule that an advice is from: most are named after their lesson. */
export function ruleOf({ lesson, endsFault }: Advice): string {
    return lesson ?? (endsFault ? "growth" : "queue")
}

/**
 * Carries out the advice that a program gets, one edit after the other. After each it is compiled and run in
 * the same world; an edit stays when the program does the same as before, to the microsecond, and takes less.
 * Writes nothing.
 * @throws UserError when the program does not compile or cannot start; CompileError is one of those
 */
export async function fixProgram(
    module: WebAssembly.Module,
    workshop: Workshop,
    options: FixOptions,
): Promise<FixedProgram> {
    const { cwd, only, aim, signal, rules = EDIT_RULES, onStep } = options
    const nameOf = (path: string) => withSlashes(relative(cwd, path))
    const changes: FixChange[] = []
    onStep?.("compiling")
    const workpiece = await workshop.compile(new Map())
    onStep?.("running it as it is")
    /** None for the first one, from whose time that of the others follows. */
    const limit: { timeoutMs?: number } = {}
    const began = performance.now()
    const original = await execute(workpiece)
    limit.timeoutMs = PATIENCE * (performance.now() - began) + PATIENCE_MS
    let current = original
    const tried = new Set<string>()
    const notTried = new Set<string>()
    let kept = 0

    while (!isDone() && kept < MAX_KEPT) {
        const next = nextAdvice()
        if (!next) break
        const tried = await carryOut(next)
        changes.push(...tried)
        if (tried.at(-1)?.verdict === "kept") tryAgain()
    }
    return finished()

    /** What was not safe may be so now: who did something else with a list is gone. */
    function tryAgain(): void {
        for (const key of notTried) tried.delete(key)
        notTried.clear()
        const rest = changes.filter(({ verdict }) => verdict !== "not-tried")
        changes.splice(0, changes.length, ...rest)
    }

    function isDone(): boolean {
        return signal.aborted || (aim !== undefined && current.report.aim?.state === "met")
    }

    function nextAdvice(): Advice | undefined {
        const wanted = (current.report.advice ?? []).filter(
            advice => only === undefined || only.includes(ruleOf(advice)),
        )
        return wanted.find(advice => {
            const key = keyOf(advice, current)
            return tried.has(key) ? false : (tried.add(key), true)
        })
    }

    /** All edits that there are for an advice, one after the other, until one is kept. */
    async function carryOut(advice: Advice): Promise<FixChange[]> {
        const rule = ruleOf(advice)
        const about = { rule, what: advice.what, ...(advice.at && { at: advice.at }) }
        const attempts: FixChange[] = []
        const key = keyOf(advice, current)
        let why = `there is no edit for ${rule} yet`
        for (const edit of rules[rule] ?? []) {
            const proposal = propose(edit, advice)
            if (proposal instanceof Refusal) {
                why = proposal.why
                continue
            }
            onStep?.(`${rule}: ${proposal.title}`)
            const attempt = await tryOut(proposal, advice)
            attempts.push({ ...about, ...attempt })
            if (attempt.verdict === "kept" || signal.aborted) break
        }
        if (attempts.length > 0) return attempts
        notTried.add(key)
        return [{ ...about, verdict: "not-tried", why }]
    }

    function propose(edit: EditRule, advice: Advice): Proposal | Refusal {
        try {
            const all = (current.report.advice ?? []).map(absolute)
            return edit(absolute(advice), current.code, all)
        } catch (error) {
            if (error instanceof Refusal) return error
            throw error
        }
    }

    /** With files by their paths: a report names them from where the command runs. */
    function absolute(advice: Advice): Advice {
        const at = advice.at && { ...advice.at, file: resolve(cwd, advice.at.file) }
        const alsoAt = advice.alsoAt?.map(one => ({ ...one, file: resolve(cwd, one.file) }))
        return { ...advice, ...(at && { at }), ...(alsoAt && { alsoAt }) }
    }

    async function tryOut(
        proposal: Proposal,
        advice: Advice,
    ): Promise<Pick<FixChange, "verdict" | "why" | "edit" | "predicted" | "measured" | "diff">> {
        const { live, churn } = proposal.predicted ?? advice
        const predicted = { ...(live && { live }), ...(churn && { churn }) }
        const texts = edited(current.texts, proposal.edits)
        const told = { edit: proposal.title, predicted, diff: diffOf(current.texts, texts) }
        let version: Version
        try {
            version = await execute(await workshop.compile(changedOf(texts)))
        } catch (error) {
            if (signal.aborted) return { ...told, verdict: "taken-back", why: "it was interrupted" }
            if (!(error instanceof CompileError)) throw error
            return { ...told, verdict: "taken-back", why: `it does not compile: ${error.message}` }
        }
        if (signal.aborted) return { ...told, verdict: "taken-back", why: "it was interrupted" }
        const { measured, why } = judgeEdit(current, version, predicted)
        if (why !== undefined) return { ...told, measured, verdict: "taken-back", why }
        current = version
        kept++
        return { ...told, measured, verdict: "kept" }
    }

    /** Runs a version in the world of the first one, which is made of its wishes: what texts it has may change. */
    async function execute(piece: Workpiece): Promise<Version> {
        const effects = new EffectLog()
        const { makeWorld } = options
        const result = await adviseRun(
            module,
            {
                ...options,
                program: piece.program,
                onEvent: effects.onEvent,
                ...(makeWorld && {
                    makeWorld: (seed: number) => effects.listen(makeWorld(seed, workpiece.program)),
                }),
                ...limit,
            },
            [],
            aim,
        )
        return { ...piece, report: result.report, effects }
    }

    /** Of all files that are not as they were, the text to compile. */
    function changedOf(texts: ReadonlyMap<string, string>): Map<string, string> {
        return new Map([...texts].filter(([path, text]) => text !== original.texts.get(path)))
    }

    function diffOf(
        before: ReadonlyMap<string, string>,
        after: ReadonlyMap<string, string>,
    ): string {
        return [...after]
            .map(([path, text]) => unifiedDiff(nameOf(path), before.get(path) ?? "", text))
            .join("")
    }

    function finished(): FixedProgram {
        const files = new Map<string, { before: string; after: string }>()
        for (const [path, after] of changedOf(current.texts))
            files.set(path, { before: original.texts.get(path) ?? "", after })
        const { board, program } = original.report
        return {
            files,
            report: {
                schema: FIX_REPORT_SCHEMA,
                program: { entry: program.entry },
                board: { id: board.id, heapBytes: options.board.heapBytes },
                asked: { forMs: options.forMs, seed: options.seed ?? 1 },
                before: figuresOf(original),
                after: figuresOf(current),
                effects: original.effects.total.count,
                changes,
                files: [...files].map(([path, { before, after }]) => ({
                    file: nameOf(path),
                    diff: unifiedDiff(nameOf(path), before, after),
                })),
                written: false,
                ...(current.report.aim && { aim: current.report.aim }),
                ...(signal.aborted && { interrupted: true }),
            },
        }
    }
}

function figuresOf({ report, program }: Version): FixFigures {
    const { outcome, heap, gc } = report
    return {
        outcome: outcome.kind,
        liveBytes: heap.liveBytes,
        highWaterLiveBytes: heap.highWaterLiveBytes,
        allocatedBytes: gc.allocatedBytes,
        bytecodeBytes: program.bytecode.length,
    }
}

/** What an advice is known by when lines have moved: the rule, and the text of its line. */
function keyOf(advice: Advice, { texts }: Workpiece): string {
    const { at } = advice
    const text = at && [...texts].find(([path]) => path.endsWith(at.file))?.[1]
    return `${ruleOf(advice)} ${at?.file ?? ""} ${text?.split("\n")[at!.line - 1]?.trim() ?? at?.line ?? ""}`
}

function edited(
    texts: ReadonlyMap<string, string>,
    edits: readonly TextEdit[],
): Map<string, string> {
    const result = new Map(texts)
    for (const path of new Set(edits.map(({ file }) => file)))
        result.set(
            path,
            applyEdits(
                texts.get(path) ?? "",
                edits.filter(({ file }) => file === path),
            ),
        )
    return result
}
