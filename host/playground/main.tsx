import { effect } from "@preact/signals"
import { render } from "preact"
import { listenToKeys } from "../page/page-keys"
import { PageState } from "../page/page-state"
import { applyTheme } from "../page/theme"
import { Progress } from "./classroom/progress"
import { BoardLink, type BoardPort } from "./board-link"
import { LoadingWorker } from "./loading-worker"
import type { Catalogue } from "./catalogue"
import { KeptEdits } from "./kept-edits"
import { tabStorage } from "./kept-value"
import { Playground } from "./playground"
import { PlaygroundState } from "./playground-state"
import { keepOffline } from "./share/offline"
import { fetchOfSite, SITE_FILES, startSiteWorker } from "./site-files"

const startWorker = (): BoardPort => startSiteWorker("board-worker.js")

async function fetchJson(name: string): Promise<unknown> {
    return (await fetchOfSite(name)).json()
}

/** What is fetched besides takes nothing from what the first figures wait for. */
function whenAlive(page: PageState, then: () => void): void {
    const stop = page.history.subscribe(history => {
        if (!history) return
        queueMicrotask(() => stop())
        then()
    })
}

async function begin(place: HTMLElement): Promise<void> {
    const link = new BoardLink(() => new LoadingWorker(startWorker))
    const storage = tabStorage()
    const learned = new Progress(storage)
    const page = new PageState(link, {
        hasNoCommands: true,
        reveal: (file, line) => reveal(file, line),
        canReveal: file => canReveal(file),
        guesses: learned,
    })
    applyTheme(page.theme.value)
    page.start()
    const catalogue = (await fetchJson(SITE_FILES.catalogue)) as Catalogue
    const state = new PlaygroundState(
        catalogue,
        link,
        page,
        learned,
        new KeptEdits(storage),
        fetchJson,
    )
    const reveal = (file: string, line: number) => state.reveal(file, line)
    const canReveal = (file: string) => state.canReveal(file)
    // Everywhere, in the editor too.
    addEventListener("keydown", event => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        state.run()
    })
    // What is looked at has the keys: a real board has a page of its own.
    effect(() => (state.real.shown.value ? undefined : listenToKeys(page)))
    place.textContent = ""
    render(<Playground state={state} />, place)
    // For the tests, and for who is curious: `heapscope.link.report(...)` in the console.
    Object.assign(globalThis, { heapscope: state })
    await state.openAddress(location.hash)
    whenAlive(page, keepOffline)
    addEventListener("hashchange", () => void state.openAddress(location.hash))
}

const place = document.getElementById("playground")!
begin(place).catch((error: Error) => {
    place.textContent = `The playground could not be loaded: ${error.message}. Reload the page.`
})
