import type {
    CodeHelp,
    Completion,
    CompletionFacts,
    Completions,
    Hover,
    SignatureHelp,
} from "../compiler/language/code-help"
import type { FileChange } from "./board-messages"
import type { FromHelp, HelpQuestion, ToHelp } from "./help-messages"

/** A worker, as far as it is used. */
export interface HelpPort {
    postMessage(message: ToHelp): void
    onmessage: ((event: MessageEvent<FromHelp>) => void) | null
    onerror: ((event: ErrorEvent) => void) | null
}

/** What is edited, as the worker is told of it. */
export interface HelpedProject {
    root: string
    entry: string
    files: readonly { name: string; text: string }[]
}

/** The worker that knows the program's names, from the tab's side. It is started when it is first asked. */
export class HelpLink implements CodeHelp {
    private worker: HelpPort | undefined
    private lastId = 0
    private readonly waiting = new Map<number, (answer: unknown) => void>()
    /** As the worker has them, by absolute path. */
    private readonly told = new Map<string, string>()

    constructor(
        private readonly startWorker: () => HelpPort,
        private readonly project: () => HelpedProject | undefined,
    ) {}

    complete(file: string, offset: number): Promise<Completions | undefined> {
        return this.ask<Completions>(file, offset, { kind: "complete" })
    }

    describe(file: string, offset: number, completion: Completion) {
        return this.ask<CompletionFacts>(file, offset, { kind: "describe", completion })
    }

    hover(file: string, offset: number): Promise<Hover | undefined> {
        return this.ask<Hover>(file, offset, { kind: "hover" })
    }

    signature(file: string, offset: number): Promise<SignatureHelp | undefined> {
        return this.ask<SignatureHelp>(file, offset, { kind: "signature" })
    }

    private ask<T>(file: string, offset: number, question: HelpQuestion): Promise<T | undefined> {
        const project = this.project()
        if (!project) return Promise.resolve(undefined)
        const { root, entry } = project
        const worker = (this.worker ??= this.begin())
        const id = ++this.lastId
        return new Promise(resolve => {
            this.waiting.set(id, answer => resolve(answer as T | undefined))
            const files = this.changes(project)
            worker.postMessage({ id, files, root, entry, file, offset, question })
        })
    }

    private begin(): HelpPort {
        const worker = this.startWorker()
        worker.onmessage = ({ data: { id, answer } }) => {
            this.waiting.get(id)?.(answer)
            this.waiting.delete(id)
        }
        // Nobody can write without knowing less: there are no names, and no more.
        worker.onerror = event => {
            event.preventDefault()
            for (const answer of this.waiting.values()) answer(undefined)
            this.waiting.clear()
        }
        return worker
    }

    private changes({ root, files }: HelpedProject): FileChange[] {
        const now = new Map(files.map(({ name, text }) => [`${root}/${name}`, text]))
        const gone = [...this.told.keys()].filter(path => !now.has(path))
        const changed = [...now].filter(([path, text]) => this.told.get(path) !== text)
        for (const path of gone) this.told.delete(path)
        for (const [path, text] of changed) this.told.set(path, text)
        return [...gone.map((path): FileChange => [path, undefined]), ...changed]
    }
}
