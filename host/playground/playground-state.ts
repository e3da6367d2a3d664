import { signal } from "@preact/signals"
import type { PageState } from "../page/page-state"
import type { BoardLink } from "./board-link"
import type { Catalogue, ExampleTitle } from "./catalogue"
import type { Project } from "./project"
import { SITE_FILES, type FilesOfSite } from "./site-files"
import type { Failure, RunFlags } from "./board-messages"

/** What is wrong in a program, as the compiler says it. */
export type Problem = Failure["problems"][number]

/** What the shell shows, and what it does: the project that is open, and its run. */
export class PlaygroundState {
    readonly project = signal<Project | undefined>(undefined)
    /** Id of the example that is open, as its address has it. */
    readonly exampleId = signal("")
    /** The file that is edited, by its path in the project. */
    readonly openFile = signal("")
    readonly isRunning = signal(false)
    /** What is done before the board begins. */
    readonly progress = signal("")
    /** What is worth knowing of the run. */
    readonly notices = signal<readonly string[]>([])
    readonly failure = signal<Failure | undefined>(undefined)
    private rest: Promise<FilesOfSite["files"]> | undefined

    constructor(
        readonly catalogue: Catalogue,
        readonly link: BoardLink,
        readonly page: PageState,
        private readonly fetchJson: (name: string) => Promise<unknown>,
    ) {}

    /** Opens a project, and runs it. */
    open(project: Project, exampleId = ""): void {
        this.exampleId.value = exampleId
        this.project.value = project
        this.openFile.value = project.entry
        this.link.write(
            Object.entries(project.files).map(([path, text]) => [`${project.root}/${path}`, text]),
        )
        this.run()
    }

    /**
     * Opens what the page's address names behind its `#`; without a name, what is open at first.
     * @throws Error when the site cannot be reached
     */
    async openAddress(hash: string): Promise<void> {
        const id = hash.slice(1)
        const example = this.catalogue.examples.find(one => one.id === id)
        if (example) await this.openExample(example)
        else this.open(this.catalogue.first)
    }

    /** @throws Error when the site cannot be reached */
    async openExample(example: ExampleTitle): Promise<void> {
        this.rest ??= this.fetchJson(SITE_FILES.rest).then(site => (site as FilesOfSite).files)
        const texts = await this.rest
        const { id, title, root, entry, flags } = example
        const files = Object.fromEntries(
            example.files.map(path => [path, texts[`${root}/${path}`] ?? ""]),
        )
        this.open({ title, root, entry, files, flags }, id)
    }

    /** A file as the reader has changed it. What runs is built anew. */
    edit(path: string, text: string): void {
        const project = this.project.value
        if (!project || project.files[path] === text) return
        this.project.value = { ...project, files: { ...project.files, [path]: text } }
        this.link.write([[`${project.root}/${path}`, text]])
    }

    removeFile(path: string): void {
        const project = this.project.value
        if (!project) return
        const { [path]: _, ...files } = project.files
        this.project.value = { ...project, files }
        this.link.write([[`${project.root}/${path}`, undefined]])
    }

    /** Runs it otherwise from now on. */
    setFlags(flags: RunFlags): void {
        const project = this.project.value
        if (!project) return
        this.project.value = { ...project, flags: { ...project.flags, ...flags } }
        this.run()
    }

    run(): void {
        const project = this.project.value
        if (!project) return
        const { root, entry, flags } = project
        this.isRunning.value = true
        this.progress.value = "starting the board"
        this.notices.value = []
        this.failure.value = undefined
        this.link.run(
            { cwd: root, entry, flags },
            {
                progress: text => (this.progress.value = text),
                notice: text => (this.notices.value = [...this.notices.value, text]),
                failed: failure => (this.failure.value = failure),
                ended: () => {
                    this.isRunning.value = false
                    this.progress.value = ""
                },
            },
        )
    }

    stop(): void {
        this.link.stop()
    }

    /** What the compiler said of what is there now. */
    get problems(): readonly Problem[] {
        const { failure, page } = this
        const build = page.history.value?.build
        return failure.value?.problems ?? build?.problems ?? []
    }
}
