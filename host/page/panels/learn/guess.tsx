import { useSignal, type Signal } from "@preact/signals"
import { formatRatio } from "../../../base/format-units"

interface GuessProps {
    ask: string
    /** What the guess is called, for who does not see it. */
    name: string
    answer: number
    /** The same for people, with its unit. */
    shown: string
    /** What it is of, in words. */
    of: string
    isTold: Signal<boolean>
    /** What was guessed at an earlier visit. */
    before?: number | undefined
    /** @param guess undefined of who wants to be told */
    onGuess?(guess: number | undefined): void
}

/** Asks for a number, and tells then what it is. */
export function Guess(props: GuessProps) {
    const { ask, name, answer, shown, of, isTold, before, onGuess } = props
    const guess = useSignal(before === undefined ? "" : String(before))
    const guessed = Number(guess.value)
    return (
        <div>
            <p>{ask}</p>
            <form
                class="guess"
                onSubmit={event => {
                    event.preventDefault()
                    isTold.value = true
                    onGuess?.(guess.value === "" ? undefined : guessed)
                }}
            >
                <input
                    type="number"
                    min={0}
                    step="any"
                    aria-label={name}
                    value={guess.value}
                    disabled={isTold.value}
                    onInput={event => (guess.value = event.currentTarget.value)}
                />
                <button type="submit" disabled={isTold.value}>
                    {guess.value === "" ? "Just tell me" : "That is my guess"}
                </button>
            </form>
            <p role="status">
                {isTold.value && (
                    <>
                        The VM says <b>{shown}</b> ({of}).{" "}
                        {guess.value !== "" && judge(guessed, answer)}
                    </>
                )}
            </p>
        </div>
    )
}

function judge(guessed: number, answer: number): string {
    if (guessed === answer) return "That is what you said."
    return answer > 0 ? `Your guess is ${formatRatio(guessed / answer)} of it.` : ""
}
