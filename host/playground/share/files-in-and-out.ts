import { failureOf, UserError } from "../../base/errors"
import { saveFile } from "../../page/keep/save-file"
import { whyNotNamed } from "../editor/file-name"
import type { PlaygroundState } from "../playground-state"
import { PACKAGE_ROOT } from "../project"
import { importsPackage } from "./imported-package"

/** Has the browser save what is open as a zip, built if it can be. @returns what to tell the reader */
export async function saveProject(state: PlaygroundState): Promise<string> {
    const project = state.project.value
    if (!project) return ""
    const { projectZip } = await import("./project-zip")
    const { root, entry, flags } = project
    const needsPackage = root === PACKAGE_ROOT || importsPackage(project.files)
    const installed = {
        ...{ version: state.catalogue.version },
        files: needsPackage ? await state.packageFiles() : {},
    }
    const program = await state.link.build({ cwd: root, entry, flags }).catch(() => undefined)
    const name = `${project.title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.zip`
    const zip = new Uint8Array(projectZip(project, installed, program))
    saveFile(name, new Blob([zip], { type: "application/zip" }))
    return program
        ? `${name} has the project and its bytecode.`
        : `${name} has the project; it does not compile, so there is no bytecode in it.`
}

/**
 * Opens what the reader has chosen or dropped: a zip takes the place of what is open, other files become
 * files of it.
 * @returns what to tell the reader
 */
export async function openFiles(state: PlaygroundState, chosen: readonly File[]): Promise<string> {
    try {
        const zip = chosen.find(({ name }) => /\.zip$/i.test(name))
        if (zip) {
            const { readProjectZip } = await import("./project-zip")
            const project = readProjectZip(new Uint8Array(await zip.arrayBuffer()), zip.name)
            state.open(project)
            return `${zip.name} is open.`
        }
        for (const file of chosen) await addFile(state, file)
        return chosen.length === 0 ? "" : `${chosen.map(({ name }) => name).join(", ")}: added.`
    } catch (error) {
        if (!(error instanceof UserError)) throw error
        return failureOf(error).message
    }
}

async function addFile(state: PlaygroundState, file: File): Promise<void> {
    const project = state.project.value
    if (!project) return
    const folder = project.entry.slice(0, project.entry.lastIndexOf("/") + 1)
    // What belongs together is beside the program; one that is there already is replaced.
    const path = Object.hasOwn(project.files, file.name) ? file.name : folder + file.name
    const why = Object.hasOwn(project.files, path)
        ? undefined
        : whyNotNamed(path, Object.keys(project.files))
    if (why !== undefined)
        throw new UserError(
            "E_VALUE",
            `${file.name} cannot be added: ${why} A project's zip is opened whole; of bytecode and recordings the command line knows more: heapscope sim, watch --replay.`,
        )
    state.edit(path, await file.text())
}
