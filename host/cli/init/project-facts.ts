import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import type { PipelineProject } from "../../sinks/ci/workflow"
import { folderInRepository } from "../check/repository-folder"

/** A DeviceScript program's file, by the name that its tools go by. */
const PROGRAM = /^main[\w.-]*(?<!\.test|\.spec|\.d)\.tsx?$/

/** A project's programs: `main*.ts` beside its configuration and in `src`, as DeviceScript's own tools find them. */
export function findPrograms(cwd: string): string[] {
    return ["", "src"].flatMap(folder =>
        existsSync(join(cwd, folder))
            ? readdirSync(join(cwd, folder), { withFileTypes: true })
                  .filter(entry => entry.isFile() && PROGRAM.test(entry.name))
                  .map(({ name }) => (folder === "" ? name : `${folder}/${name}`))
                  .sort()
            : [],
    )
}

/** What a pipeline has to know of the project. */
export function pipelineProject(cwd: string): PipelineProject {
    const isYarn = existsSync(join(cwd, "yarn.lock")) && !existsSync(join(cwd, "package-lock.json"))
    return {
        folder: folderInRepository(cwd),
        packages: isYarn ? "yarn" : "npm",
        branch: mainBranch(cwd),
    }
}

/** Whether a repository's other side is one of GitLab's. */
export function isOnGitlab(cwd: string): boolean {
    return /gitlab/i.test(askGit(cwd, "remote", "get-url", "origin"))
}

/** What is still to be done so that a pipeline can run: a sentence each. */
export function missingForPipeline(cwd: string, version: string): string[] {
    const missing: string[] = []
    if (!dependencies(cwd).includes("heapscope"))
        missing.push(
            `heapscope is not among the project's packages: npm install --save-dev --save-exact heapscope@${version}`,
        )
    if (!existsSync(join(cwd, "package-lock.json")) && !existsSync(join(cwd, "yarn.lock")))
        missing.push("there is no package-lock.json, which pins versions: npm install makes it")
    return missing
}

function dependencies(cwd: string): string[] {
    try {
        const manifest = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8")) as Record<
            string,
            object | undefined
        >
        return ["dependencies", "devDependencies"].flatMap(kind =>
            Object.keys(manifest[kind] ?? {}),
        )
    } catch {
        return []
    }
}

/** The branch that changes are merged into, as far as git knows it. */
function mainBranch(cwd: string): string {
    const remote = askGit(cwd, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    if (remote !== "") return remote.replace(/^origin\//, "")
    return askGit(cwd, "symbolic-ref", "--short", "HEAD") || "main"
}

/** What git says; nothing where there is none. */
function askGit(cwd: string, ...args: string[]): string {
    try {
        return execFileSync("git", args, {
            ...{ cwd, encoding: "utf8" },
            stdio: ["ignore", "pipe", "ignore"],
        }).trim()
    } catch {
        return ""
    }
}
