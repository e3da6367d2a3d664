import { signal } from "@preact/signals"
import { crc32Hex } from "../base/crc32"
import { UserError } from "../base/errors"
import type { OfferedBoard } from "../link/flash/flash-offer"
import type { Program } from "../model/program/program"
import type { PageState } from "../page/page-state"
import { RealBoardChoice } from "./board/real-board-choice"
import type { BoardLink } from "./board-link"
import type { Catalogue, ExampleTitle } from "./catalogue"
import { lessonName } from "./classroom/result-sheet"
import type { Progress } from "./classroom/progress"
import { withEdits, type KeptEdits } from "./kept-edits"
import { PACKAGE_ROOT, type Project } from "./project"
import { SITE_FILES, type FilesOfSite } from "./site-files"
import { isShareLink } from "./share/is-share-link"
import type { Failure, FileChange, RunFlags } from "./board-messages"

/** What is wrong in a program, as the compiler says it. */
export type Problem = Failure["problems"][number]

/** What the board's worker has of a project, by absolute path. */
function contentsOf({ root, files, opened }: Project): FileChange[] {
    const contents = opened ? [...opened.data] : Object.entries(files)
    return contents.map(([path, content]) => [`${root}/${path}`, content])
}

/** The longest part of a text that tells it from others. Characters. */
const TELLING = 20_000

/** Tells a project from others that somebody may open here. Of a long text its length and its ends say enough. */
function markOf({ title, entry, files }: Project): string {
    const ends = Object.entries(files).map(([name, text]) =>
        text.length <= 2 * TELLING
            ? [name, text]
            : [name, text.length, text.slice(0, TELLING), text.slice(-TELLING)],
    )
    return crc32Hex(JSON.stringify([title, entry, ends]))
}

/** The file to be seen first of those that are there to be read; empty where there is none. */
function firstOf(files: Project["files"]): string {
    return Object.keys(files)[0] ?? ""
}

/** What the shell shows, and what it does: the project that is open, and its run. */
export class PlaygroundState {
    readonly project = signal<Project | undefined>(undefined)
    /** Id of the example that is open, as its address has it. */
    readonly exampleId = signal("")
    /** The file that is edited, by its path in the project. */
    readonly openFile = signal("")
    /** A line that the editor is to show. */
    readonly wantedLine = signal<{ file: string; line: number } | undefined>(undefined)
    readonly isRunning = signal(false)
    /** What is done before the board begins. */
    readonly progress = signal("")
    /** What is worth knowing of the run. */
    readonly notices = signal<readonly string[]>([])
    /** What became of a file, or of a link. */
    readonly told = signal<{ text: string; isRefusal: boolean } | undefined>(undefined)
    readonly failure = signal<Failure | undefined>(undefined)
    /** The lesson itself is to be seen first: the figures of its program are above it. */
    readonly showsLesson = signal(false)
    /** For a room: large, and few words. */
    readonly isClass = signal(false)
    /** The lessons that there are, in their order. */
    readonly lessons: readonly ExampleTitle[]
    /** What is open, as it came. */
    private original: Project | undefined
    readonly real: RealBoardChoice
    private lastRun = 0
    private rest: Promise<FilesOfSite["files"]> | undefined

    constructor(
        readonly catalogue: Catalogue,
        readonly link: BoardLink,
        readonly page: PageState,
        readonly learned: Progress,
        private readonly edits: KeptEdits,
        private readonly fetchJson: (name: string) => Promise<unknown>,
    ) {
        this.real = new RealBoardChoice({
            boards: () => fetchJson(SITE_FILES.boards) as Promise<OfferedBoard[]>,
            boardId: () => this.project.value?.flags.board,
            program: () => this.buildForBoard(),
            around: page.around,
        })
        this.lessons = catalogue.examples.filter(({ id }) => id.startsWith("lesson/"))
    }

    /** What is open of what there is. */
    get example(): ExampleTitle | undefined {
        return this.catalogue.examples.find(({ id }) => id === this.exampleId.value)
    }

    /** Opens a project that came by a link or from a file, and runs it. */
    open(project: Project): void {
        this.openOriginal(project, `given ${markOf(project)}`)
    }

    /**
     * Opens a program with what the reader has changed of it.
     * @param id its address; empty for the first
     */
    private openOriginal(original: Project, id: string): void {
        this.original = original
        this.show({ ...original, files: withEdits(original.files, this.edits.of(id)) }, id)
    }

    /** As it came: the reader's changes are gone. */
    startOver(): void {
        const { original, exampleId } = this
        if (!original) return
        this.edits.forget(exampleId.value)
        this.show(original, exampleId.value)
    }

    /** Shows a project in place of what is open, and runs it. */
    private show(project: Project, exampleId: string): void {
        const before = this.project.value
        this.link.stop()
        if (before && before.root !== PACKAGE_ROOT)
            this.link.write(contentsOf(before).map(([path]) => [path, undefined]))
        this.exampleId.value = exampleId
        this.project.value = project
        this.openFile.value = project.opened ? firstOf(project.files) : project.entry
        this.link.write(contentsOf(project))
        this.run()
    }

    /**
     * Opens what the page's address names behind its `#`; without a name, what is open at first.
     * @throws Error when the site cannot be reached
     */
    async openAddress(hash: string): Promise<void> {
        if (isShareLink(hash)) {
            const { openLink } = await import("./share/open-link")
            const why = await openLink(hash, this)
            if (why === undefined) return
            this.openOriginal(this.catalogue.first, "")
            this.notices.value = [why]
            return
        }
        const [, isClass, id] = /^#(class\/)?(.*)$/.exec(hash) ?? []
        this.isClass.value = isClass !== undefined
        const example = this.catalogue.examples.find(one => one.id === id)
        if (!example) return this.openOriginal(this.catalogue.first, "")
        await this.openExample(example)
        if (!this.lessons.includes(example)) return
        this.page.view.value = "learn"
        this.page.chosenLesson.value = lessonName(example.id)
        this.showsLesson.value = true
    }

    /** Goes to the address of an example; empty for what is open at first. */
    goTo(id: string): void {
        const isLesson = this.lessons.some(one => one.id === id)
        const hash = `#${this.isClass.value && isLesson ? "class/" : ""}${id || "start"}`
        // What came from a file has no address: the one that stands there may be what is wanted.
        if (location.hash === hash) void this.openAddress(hash)
        else location.hash = hash
    }

    /** Large and with few words, or not: the address says it, too. */
    setClass(isClass: boolean): void {
        const id = this.exampleId.value
        const lesson = this.lessons.some(one => one.id === id) ? id : this.lessons[0]!.id
        location.hash = isClass ? `#class/${lesson}` : `#${id}`
    }

    /** Runs another program of those that are open. */
    setEntry(entry: string): void {
        const project = this.project.value
        if (!project) return
        this.project.value = { ...project, entry }
        this.openFile.value = entry
        this.run()
    }

    /**
     * Texts of the package's programs and of its library, by path from its root.
     * @throws Error when the site cannot be reached
     */
    packageFiles(): Promise<FilesOfSite["files"]> {
        this.rest ??= this.fetchJson(SITE_FILES.rest).then(site => {
            const files = Object.entries((site as FilesOfSite).files)
            return Object.fromEntries(
                files.map(([path, text]) => [path.slice(PACKAGE_ROOT.length + 1), text]),
            )
        })
        return this.rest
    }

    /** @throws Error when the site cannot be reached */
    async openExample(example: ExampleTitle): Promise<void> {
        const texts = await this.packageFiles()
        const { id, title, root, entry, flags } = example
        const files = Object.fromEntries(example.files.map(path => [path, texts[path] ?? ""]))
        this.openOriginal({ title, root, entry, files, flags }, id)
    }

    /** A file as the reader has changed it. What runs is built anew. */
    edit(path: string, text: string): void {
        const project = this.project.value
        if (!project || project.opened || project.files[path] === text) return
        this.project.value = { ...project, files: { ...project.files, [path]: text } }
        this.link.write([[`${project.root}/${path}`, text]])
        this.keepEdits()
    }

    /** Whether something was changed of what comes along. */
    get isEdited(): boolean {
        const { original } = this
        const files = this.project.value?.files
        if (!original || !files) return false
        const names = Object.keys(files)
        return (
            names.length !== Object.keys(original.files).length ||
            names.some(name => files[name] !== original.files[name])
        )
    }

    private keepEdits(): void {
        const { original, exampleId } = this
        const files = this.project.value?.files
        if (original && files) this.edits.keep(exampleId.value, files, original.files)
    }

    removeFile(path: string): void {
        const project = this.project.value
        if (!project) return
        const { [path]: _, ...files } = project.files
        this.project.value = { ...project, files }
        this.link.write([[`${project.root}/${path}`, undefined]])
        this.keepEdits()
    }

    /** Runs it otherwise from now on. */
    setFlags(flags: RunFlags): void {
        const project = this.project.value
        if (!project) return
        const all = Object.entries({ ...project.flags, ...flags })
        // An empty one is none: what the program or the scenario says counts.
        const given = Object.fromEntries(all.filter(([, value]) => value !== ""))
        this.project.value = { ...project, flags: given }
        this.run()
    }

    /** Whether the editor has a file. @param file as places name it: from where the program runs */
    canReveal(file: string): boolean {
        return Object.hasOwn(this.project.value?.files ?? {}, file)
    }

    /** Shows a line of the program in the editor. @param file as places name it: from where the program runs */
    reveal(file: string, line: number): void {
        if (!this.canReveal(file)) return
        this.openFile.value = file
        this.wantedLine.value = { file, line }
    }

    /**
     * Says what comes of a file or of a link.
     * @param work gives what to tell; a `UserError` of it is told, too
     */
    async tell(work: () => Promise<string>): Promise<void> {
        try {
            const text = await work()
            this.told.value = { text, isRefusal: false }
        } catch (error) {
            if (!(error instanceof UserError)) throw error
            this.told.value = { text: error.message, isRefusal: true }
        }
    }

    run(): void {
        const project = this.project.value
        // A real board is given its programs when somebody says so.
        if (!project || this.real.shown.value) return
        const { root, entry, flags, opened } = project
        const isRecording = opened?.kind === "recording"
        const run = ++this.lastRun
        this.isRunning.value = true
        this.progress.value = isRecording ? "reading the recording" : "starting the board"
        this.notices.value = []
        this.told.value = undefined
        this.failure.value = undefined
        this.link.run(
            { cwd: root, entry, flags, ...(isRecording && { isRecording }) },
            {
                progress: text => (this.progress.value = text),
                notice: text => (this.notices.value = [...this.notices.value, text]),
                failed: failure => (this.failure.value = failure),
                ended: () => {
                    // Of the one before, it may be told late.
                    if (run !== this.lastRun) return
                    this.isRunning.value = false
                    this.progress.value = ""
                },
            },
        )
    }

    stop(): void {
        this.link.stop()
    }

    /** Has a real board in place of the simulated one, or that one again. */
    async toggleRealBoard(): Promise<void> {
        if (this.real.shown.value) {
            await this.real.hide()
            return this.run()
        }
        this.stop()
        await this.real.show()
    }

    private async buildForBoard(): Promise<Program> {
        const project = this.project.value
        if (!project || project.opened?.kind === "recording")
            throw new UserError("E_NO_PROGRAM", "No program is open.")
        const { root: cwd, entry, flags } = project
        this.failure.value = undefined
        try {
            return await this.link.build({ cwd, entry, flags })
        } catch (error) {
            const failure = error as Failure
            this.failure.value = failure
            const { code, message } = failure
            throw new UserError(code, message)
        }
    }

    /** What the compiler said of what is there now. */
    get problems(): readonly Problem[] {
        const { failure, page } = this
        const build = page.history.value?.build
        return failure.value?.problems ?? build?.problems ?? []
    }
}
