import { execFile, spawnSync } from "node:child_process"
import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, relative } from "node:path"
import { promisify } from "node:util"
import { UserError } from "../../base/errors"
import { shorten } from "../../base/shorten"

const MAX_OUTPUT = 1 << 24

/** A commit with its files, in a folder of its own. */
export interface GitTree {
    /** The folder that `cwd` is in that commit. */
    cwd: string
    /** In full. */
    commit: string
    /** Takes the folder away. May be called twice. */
    remove(): void
}

/**
 * Runs git.
 * @returns what it printed, without white space around it
 * @throws UserError with git's own last words when it fails, or is not there
 */
export async function git(cwd: string, ...args: string[]): Promise<string> {
    try {
        const { stdout } = await promisify(execFile)("git", args, { cwd, maxBuffer: MAX_OUTPUT })
        return stdout.trim()
    } catch (error) {
        const { code, stderr = "" } = error as NodeJS.ErrnoException & { stderr?: string }
        if ((code as unknown) === "ENOENT")
            throw new UserError(
                "E_GIT",
                "git is not installed: install it, or compare with a file: --baseline or --against.",
            )
        const said = stderr.trim().split("\n").at(-1) ?? ""
        throw new UserError("E_GIT", `git ${args[0]} failed: ${shorten(said)}`)
    }
}

/**
 * The commit that the working tree and another branch have in common: what the other has got since is
 * none of this one's doing.
 * @throws UserError when there is none that git knows of
 */
export async function mergeBase(cwd: string, ref: string): Promise<string> {
    await demandRepository(cwd)
    const commit = await commitOf(cwd, ref)
    try {
        return await git(cwd, "merge-base", commit, "HEAD")
    } catch {
        const isShallow = (await git(cwd, "rev-parse", "--is-shallow-repository")) === "true"
        throw new UserError(
            "E_GIT",
            isShallow
                ? `this clone has only its last commits, and what it has in common with ${ref} is older: run git fetch --unshallow, or let actions/checkout have fetch-depth: 0.`
                : `${ref} and this branch have no commit in common.`,
        )
    }
}

/** The commit that a name means. @throws UserError when it means none */
export async function commitOf(cwd: string, ref: string): Promise<string> {
    try {
        return await git(
            cwd,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            `${ref}^{commit}`,
        )
    } catch (error) {
        if (error instanceof UserError && /not installed/.test(error.message)) throw error
        throw new UserError(
            "E_GIT",
            `git knows no commit ${JSON.stringify(ref)} here: fetch it first, as git fetch origin ${ref}.`,
        )
    }
}

/** @throws UserError outside of a repository, or in one without a commit */
export async function demandRepository(cwd: string): Promise<void> {
    try {
        await git(cwd, "rev-parse", "--verify", "--quiet", "HEAD")
    } catch (error) {
        if (error instanceof UserError && /not installed/.test(error.message)) throw error
        throw new UserError(
            "E_GIT",
            "there is no git repository with a commit here: compare with a file: --baseline or --against.",
        )
    }
}

/**
 * Puts a commit's files into a folder of their own, with the packages that are installed now. However the
 * process ends, short of being killed, the folder goes.
 * @param cwd a folder of the repository
 * @throws UserError when git cannot
 */
export async function openTree(cwd: string, commit: string): Promise<GitTree> {
    const top = await git(cwd, "rev-parse", "--show-toplevel")
    const prefix = await git(cwd, "rev-parse", "--show-prefix")
    const folder = temporaryFolder()
    const tree = join(folder, "tree")
    const remove = () => {
        process.off("exit", remove)
        // While the process ends nothing else is waited for.
        spawnSync("git", ["worktree", "remove", "--force", tree], { cwd: top, stdio: "ignore" })
        rmSync(folder, { recursive: true, force: true })
        spawnSync("git", ["worktree", "prune"], { cwd: top, stdio: "ignore" })
    }
    process.on("exit", remove)
    try {
        await git(top, "worktree", "add", "--detach", "--force", tree, commit)
        const at = join(tree, prefix)
        if (!existsSync(at))
            throw new UserError(
                "E_GIT",
                `this folder is not in ${commit.slice(0, 7)}: there is nothing to compare with.`,
            )
        linkPackages(top, tree, at)
        return { cwd: at, commit, remove }
    } catch (error) {
        remove()
        throw error
    }
}

function temporaryFolder(): string {
    try {
        return mkdtempSync(join(tmpdir(), "heapscope-base-"))
    } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        throw new UserError(
            "E_WRITE",
            `no folder can be made in ${tmpdir()} (${code}): set TMPDIR to one where that can be.`,
        )
    }
}

/** Packages are not in git: those of the working tree are taken, of each folder down to the one that is used. */
function linkPackages(top: string, tree: string, at: string): void {
    const folders = new Set([tree])
    for (let folder = at; folder.startsWith(tree); folder = join(folder, "..")) folders.add(folder)
    for (const name of foldersWithPackages(top)) folders.add(join(tree, name))
    for (const folder of folders) {
        const from = join(top, relative(tree, folder), "node_modules")
        const to = join(folder, "node_modules")
        if (existsSync(from) && existsSync(folder) && !lstatSync(to, { throwIfNoEntry: false }))
            symlinkSync(from, to, "junction")
    }
}

/** Folders of a repository, two deep, that have packages of their own. */
function foldersWithPackages(top: string): string[] {
    const below = (folder: string): string[] =>
        readdirSync(join(top, folder), { withFileTypes: true })
            .filter(one => one.isDirectory() && !/^(?:\.|node_modules$)/.test(one.name))
            .map(({ name }) => join(folder, name))
    const first = below("")
    return [...first, ...first.flatMap(below)].filter(folder =>
        existsSync(join(top, folder, "node_modules")),
    )
}
