import { existsSync, mkdirSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { formatBaseline } from "../../analysis/budgets/baseline-text"
import { proposeBudgets } from "../../analysis/budgets/propose-budgets"
import { BASELINE_FILE, baselineOf } from "../../api/check/baselines"
import { CONFIG_FILES } from "../../api/load-config"
import { toJson } from "../../base/json"
import { cannotWrite } from "../../base/node/destination"
import { writeWhole } from "../../base/node/write-file"
import type { CheckReport } from "../../documents/check/report"
import type { Config } from "../../documents/config"
import {
    githubWorkflow,
    gitlabJob,
    workflowName,
    type PipelineProject,
} from "../../sinks/ci/workflow"

/** For whom a pipeline is. */
export type PipelineKind = "github" | "gitlab" | "none"

/** A file that `init` is to write. */
export interface PlannedFile {
    /** As people name it, from the project's folder. */
    name: string
    path: string
    text: string
    /** What is there already, and stays: the same file, or one that does the same. */
    existing?: string
}

/** What a project's files depend on, besides what was measured. */
export interface PlanOptions {
    cwd: string
    /** The repository's folder. */
    root: string
    boards: readonly string[]
    for: string | undefined
    pipeline: PipelineKind
    project: PipelineProject
}

/** All files, from what was measured; none of them is written yet. */
export function plannedFiles(report: CheckReport, options: PlanOptions): PlannedFile[] {
    const { cwd, root, pipeline, project } = options
    const inProject = (name: string, text: string, others: readonly string[] = [name]) => {
        const existing = others.find(other => existsSync(join(cwd, other)))
        return { name, path: join(cwd, name), text, ...(existing && { existing }) }
    }
    const inRepository = (file: string, text: string) => {
        const path = join(root, file)
        const up = project.folder === "" ? "" : "../".repeat(project.folder.split("/").length)
        const name = `${up}${file}`
        return { name, path, text, ...(existsSync(path) && { existing: name }) }
    }
    const job = `.gitlab/${workflowName(project)}.yml`
    return [
        inProject("heapscope.config.json", configText(report, options), CONFIG_FILES),
        inProject(BASELINE_FILE, formatBaseline(baselineOf(report, ""))),
        ...(pipeline === "github"
            ? [
                  inRepository(
                      `.github/workflows/${workflowName(project)}.yml`,
                      githubWorkflow(project),
                  ),
              ]
            : []),
        ...(pipeline === "gitlab"
            ? [
                  inRepository(job, gitlabJob(project)),
                  inRepository(".gitlab-ci.yml", `include:\n    - local: ${job}\n`),
              ]
            : []),
    ]
}

function configText(report: CheckReport, options: PlanOptions): string {
    const entries = new Set(report.checks.map(check => check.report.program.entry))
    const config: Config = {
        programs: [...entries].map(entry => ({
            entry,
            budgets: proposeBudgets(
                report.checks.filter(check => check.passed && check.report.program.entry === entry),
            ),
        })),
        ...(options.boards.length > 0 && { boards: [...options.boards] }),
        ...(options.for !== undefined && { for: options.for }),
    }
    return `${toJson(config, 4)}\n`
}

/**
 * Writes what is not there, all of it or nothing.
 * @throws UserError naming the first that cannot be written
 */
export async function writePlanned(files: readonly PlannedFile[]): Promise<PlannedFile[]> {
    const made: string[] = []
    const written: PlannedFile[] = []
    try {
        for (const file of files) {
            if (file.existing !== undefined || existsSync(file.path)) continue
            const folder = makeFolder(dirname(file.path))
            if (folder !== undefined) made.unshift(folder)
            await writeWhole(file.path, file.text)
            made.unshift(file.path)
            written.push(file)
        }
    } catch (error) {
        for (const path of made) rmSync(path, { recursive: true, force: true })
        throw error
    }
    return written
}

/** @returns the first folder that was not there before */
function makeFolder(path: string): string | undefined {
    try {
        return mkdirSync(path, { recursive: true })
    } catch (error) {
        throw cannotWrite(path, error)
    }
}
