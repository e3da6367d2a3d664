import { failureOf } from "../../base/errors"
import { CompileError } from "../../compiler/node/compile-error"
import type { Sink } from "../../model/flow"
import { screenKeys } from "../../sinks/screen-keys"
import { PageTalk, type Tab } from "../../sinks/web/page-talk"
import { PAGE_WANTS } from "../../sinks/web/page-wants"
import { lessonTeacher } from "../../tasks/lesson/lesson-teacher"
import { play } from "../../tasks/play"
import { files } from "../platform/memory-files"
import type { FromBoard, RunRequest, ToBoard } from "../board-messages"
import { headerOf, playRecording } from "./play-recording"
import { openBoard, programOf, reportOf, type RunNotes } from "./run-on-board"

/** The worker's end: it does what the tab says, one run at a time. */
export class BoardDesk {
    private stopping = new AbortController()
    private running: Promise<void> = Promise.resolve()
    private talk: PageTalk | undefined
    private id = 0
    /** What the tab was sent and has not taken yet. Characters. */
    private waiting = 0
    private readonly tab: Tab
    private beginEditing = (): void => undefined
    private readonly editing = new Promise<void>(resolve => (this.beginEditing = resolve))

    /** @param libraries are there once this is so: a run with a world waits for them */
    constructor(
        private readonly tell: (message: FromBoard) => void,
        private readonly libraries: Promise<void>,
    ) {
        const owe = (length: number) => (this.waiting += length)
        const waiting = () => this.waiting
        this.tab = {
            isOpen: true,
            get bufferedAmount() {
                return waiting()
            },
            send: text => {
                owe(text.length)
                this.tell({ kind: "page", id: this.id, text })
            },
        }
    }

    hear(message: ToBoard): void {
        switch (message.kind) {
            case "files":
                for (const [path, content] of message.files) files.write(path, content)
                return
            case "editing":
                return this.beginEditing()
            case "run":
                return this.begin(message.id, message.run)
            case "stop":
                return this.stopping.abort()
            case "ask":
                return this.talk?.hear(this.tab, message.text)
            case "taken":
                this.waiting -= message.length
                return
            case "report": {
                const { id, run, ...what } = message
                return void this.beside(id, async notes => ({
                    ...{ kind: "report", id, report: await reportOf(run, what, notes) },
                }))
            }
            case "build": {
                const { id, run } = message
                return void this.beside(id, async notes => ({
                    ...{ kind: "built", id, program: await programOf(run, notes) },
                }))
            }
            case "header": {
                const { id, run } = message
                return void this.beside(id, async () => ({
                    ...{ kind: "header", id, header: await headerOf(run) },
                }))
            }
        }
    }

    private begin(id: number, request: RunRequest): void {
        this.stopping.abort()
        const stopping = (this.stopping = new AbortController())
        const before = this.running
        this.running = before.then(async () => {
            this.id = id
            try {
                if (!stopping.signal.aborted)
                    await this.run(request, this.notes(id, stopping.signal))
            } catch (error) {
                if (!stopping.signal.aborted) this.fail(id, error)
            }
            this.tell({ kind: "ended", id })
        })
    }

    private async run(request: RunRequest, notes: RunNotes): Promise<void> {
        const hasWorld = !request.isRecording && request.flags.world !== "none"
        if (hasWorld) await this.libraries
        const open = request.isRecording ? playRecording : openBoard
        const source = await open(request, notes)
        const { signal } = notes
        const shown: Sink = { add: event => this.talk?.add(event), close: () => undefined }
        const { keys, clock } = screenKeys([shown], () => this.stopping.abort(), source)
        const { about, how, isPast } = source
        const talk = new PageTalk({
            ...{ about, how, isPast: isPast ?? false },
            keys: { ...keys, ...lessonTeacher(about.board) },
        })
        this.talk?.close()
        this.talk = talk
        talk.meet(this.tab)
        try {
            await play(source, [clock, shown], signal, PAGE_WANTS)
            talk.over()
        } finally {
            talk.flush()
        }
    }

    /** What is asked for beside what runs. */
    private async beside(id: number, work: (notes: RunNotes) => Promise<FromBoard>): Promise<void> {
        try {
            await this.libraries
            this.tell(await work(this.notes(id, new AbortController().signal)))
        } catch (error) {
            this.fail(id, error)
        }
    }

    private notes(id: number, signal: AbortSignal): RunNotes {
        return {
            progress: text => this.tell({ kind: "progress", id, text }),
            notice: text => this.tell({ kind: "notice", id, text }),
            signal,
            editing: this.editing,
        }
    }

    private fail(id: number, error: unknown): void {
        const problems = error instanceof CompileError ? [...error.problems] : []
        this.tell({ kind: "failed", id, failure: { ...failureOf(error), problems } })
    }
}
