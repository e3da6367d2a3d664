import { useEffect, useRef } from "preact/hooks"
import { keyName, KEYS } from "../page-keys"
import type { PageState } from "../page-state"
import { VIEWS } from "../views"
import { Icon } from "./icon"

/** What is done by the mouse or the keyboard in one part of the page alone. */
const ELSEWHERE = [
    ["drag in the chart", "look closer"],
    ["double click in the chart", "see all again"],
    ["arrows in the map", "from block to block"],
    ["Enter in the map", "keep this block in view"],
    ["arrows in the tree", "open, close, go on"],
] as const

/** All keys, over the page. */
export function KeyList({ state }: { state: PageState }) {
    const dialog = useRef<HTMLDialogElement>(null)
    const isOpen = state.isKeyListOpen.value
    useEffect(() => {
        if (isOpen) dialog.current?.showModal()
    }, [isOpen])
    if (!isOpen) return null
    const close = () => (state.isKeyListOpen.value = false)
    const wanted = Object.values(KEYS).filter(key => !("isWanted" in key) || key.isWanted(state))
    return (
        <dialog ref={dialog} class="keylist" aria-labelledby="keylist" onClose={close}>
            <div class="title">
                <h2 id="keylist">Keys</h2>
                <button class="tool" type="button" aria-label="Close" onClick={close}>
                    <Icon name="close" />
                </button>
            </div>
            <dl>
                {wanted.map(({ keys, words }) => (
                    <div key={words}>
                        <dt>
                            {keys.map(key => (
                                <kbd key={key}>{keyName(key)}</kbd>
                            ))}
                        </dt>
                        <dd>{words}</dd>
                    </div>
                ))}
                <div>
                    <dt>
                        {VIEWS.map((view, index) => (
                            <kbd key={view.name}>{index + 1}</kbd>
                        ))}
                    </dt>
                    <dd>{VIEWS.map(({ title }) => title.toLowerCase()).join(", ")}</dd>
                </div>
                {ELSEWHERE.map(([how, words]) => (
                    <div key={how}>
                        <dt>{how}</dt>
                        <dd>{words}</dd>
                    </div>
                ))}
            </dl>
        </dialog>
    )
}
