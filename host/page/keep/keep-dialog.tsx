import { useEffect, useRef } from "preact/hooks"
import type { PageState } from "../page-state"
import { Icon } from "../panels/icon"
import { KEPT, type Kept } from "./keeper"
import { panelPng, panelSvg } from "./panel-picture"
import { saveFile } from "./save-file"

/** What of the run can be kept, and pictures of what is shown. */
export function KeepDialog({ state }: { state: PageState }) {
    const dialog = useRef<HTMLDialogElement>(null)
    const isOpen = state.isKeepOpen.value
    useEffect(() => {
        if (isOpen) dialog.current?.showModal()
    }, [isOpen])
    if (!isOpen) return null
    const { keeper } = state
    const close = () => (state.isKeepOpen.value = false)
    const kinds = (Object.keys(KEPT) as Kept[]).filter(what => keeper.can(what))
    const panels = [...document.querySelectorAll<HTMLElement>("main section[aria-label]")]
    return (
        <dialog ref={dialog} class="keep" aria-labelledby="keep" onClose={close}>
            <div class="title">
                <h2 id="keep">Keep</h2>
                <button class="tool" type="button" aria-label="Close" onClick={close}>
                    <Icon name="close" />
                </button>
            </div>
            <ul>
                {kinds.map(what => (
                    <li key={what}>
                        <button
                            type="button"
                            disabled={keeper.waiting.value.has(what)}
                            onClick={() => keeper.keep(what)}
                        >
                            {keeper.waiting.value.has(what) ? "Making it" : "Save"}
                        </button>
                        {KEPT[what]}
                    </li>
                ))}
            </ul>
            <p class="nothing" role="status">
                {keeper.leftOut.value}
            </p>
            <h3>Pictures of what is shown</h3>
            <ul>
                {panels.map(panel => {
                    const name = panel.getAttribute("aria-label")!
                    const file = name.toLowerCase().replaceAll(" ", "-")
                    return (
                        <li key={name}>
                            <button
                                type="button"
                                aria-label={`${name} as a PNG`}
                                onClick={() =>
                                    void panelPng(panel).then(png => saveFile(`${file}.png`, png))
                                }
                            >
                                PNG
                            </button>
                            <button
                                type="button"
                                aria-label={`${name} as an SVG`}
                                onClick={() =>
                                    saveFile(`${file}.svg`, panelSvg(panel), "image/svg+xml")
                                }
                            >
                                SVG
                            </button>
                            {name}
                        </li>
                    )
                })}
            </ul>
        </dialog>
    )
}
