import { UserError } from "../../base/errors"
import { formatBytes } from "../../base/format-units"
import { saveFile } from "../../page/keep/save-file"
import { MAX_PROJECT_BYTES, whyNotNamed } from "../editor/file-name"
import type { PlaygroundState } from "../playground-state"
import { PACKAGE_ROOT } from "../project"
import { importsPackage } from "./imported-package"

/** What can become a file of a project. */
const IS_OF_PROJECT = /\.(tsx?|json|md)$/i
const WHAT_CAN =
    "a project (.zip), files of one (.ts, .json, .md), a compiled program (.devs, with its -dbg.json) and a recording (.ndjson, .ndjson.gz) can be."

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
 * Opens what the reader has chosen or dropped: a zip, a compiled program or a recording takes the place of what
 * is open, other files become files of it.
 * @returns what to tell the reader
 * @throws UserError saying why something cannot be opened
 */
export async function openFiles(state: PlaygroundState, chosen: readonly File[]): Promise<string> {
    const zip = chosen.find(({ name }) => /\.zip$/i.test(name))
    if (zip) {
        const { readProjectZip } = await import("./project-zip")
        const project = readProjectZip(new Uint8Array(await zip.arrayBuffer()), zip.name)
        state.open(project)
        return `${zip.name} is open.`
    }
    const { openedFile } = await import("./opened-file")
    const opened = await openedFile(state.link, chosen, state.project.value?.opened)
    if (opened) {
        state.open(opened)
        return ""
    }
    for (const file of chosen) await addFile(state, file)
    return chosen.length === 0 ? "" : `${chosen.map(({ name }) => name).join(", ")}: added.`
}

async function addFile(state: PlaygroundState, file: File): Promise<void> {
    const project = state.project.value
    if (!project) return
    if (!IS_OF_PROJECT.test(file.name))
        throw new UserError("E_VALUE", `${file.name} cannot be opened: ${WHAT_CAN}`)
    if (project.opened)
        throw new UserError(
            "E_VALUE",
            `${file.name} cannot be added to ${project.title}, which is no project: open a program first.`,
        )
    const folder = project.entry.slice(0, project.entry.lastIndexOf("/") + 1)
    // What belongs together is beside the program; one that is there already is replaced.
    const path = Object.hasOwn(project.files, file.name) ? file.name : folder + file.name
    const why = Object.hasOwn(project.files, path)
        ? undefined
        : whyNotNamed(path, Object.keys(project.files))
    if (why !== undefined) throw new UserError("E_VALUE", `${file.name} cannot be added: ${why}`)
    if (file.size > MAX_PROJECT_BYTES)
        throw new UserError(
            "E_VALUE",
            `${file.name} cannot be added: all files together may have ${formatBytes(MAX_PROJECT_BYTES)}.`,
        )
    const bytes = await file.arrayBuffer()
    state.edit(path, textOf(bytes, file.name))
}

/** @throws UserError for what is none */
function textOf(bytes: ArrayBuffer, name: string): string {
    try {
        const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
        if (!text.includes("\0")) return text
    } catch {
        // Said below.
    }
    throw new UserError(
        "E_VALUE",
        `${name} cannot be added: it holds no text, whatever its name says.`,
    )
}
