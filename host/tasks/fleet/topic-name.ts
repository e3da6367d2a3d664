import { UserError } from "../../base/errors"

/** As the protocol has it. */
const MAX_BYTES = 65_535

/** @throws UserError when it is no filter of topics (MQTT 3.1.1, section 4.7) */
export function checkFilter(filter: string): void {
    const levels = filter.split("/")
    const isGood =
        filter !== "" &&
        !filter.includes("\0") &&
        Buffer.byteLength(filter) <= MAX_BYTES &&
        levels.every(
            (level, i) =>
                level === "+" || (level === "#" && i === levels.length - 1) || !/[+#]/.test(level),
        )
    if (isGood) return
    throw new UserError(
        "E_CONFIG",
        `${JSON.stringify(filter)} is no filter of MQTT topics: + stands for one level, # at the end for all below.`,
    )
}

/**
 * What a board is called that publishes to a topic: what stands in the places of wildcards, or the last
 * level where there is none.
 * @returns undefined when the filter does not take the topic
 */
export function nameInTopic(topic: string, filter: string): string | undefined {
    const levels = topic.split("/")
    const wanted = filter.split("/")
    const found: string[] = []
    for (const [i, level] of wanted.entries()) {
        if (level === "#") return [...found, ...levels.slice(i)].join("/") || levels.at(-1)
        if (i >= levels.length) return undefined
        if (level === "+") found.push(levels[i]!)
        else if (level !== levels[i]) return undefined
    }
    if (levels.length !== wanted.length) return undefined
    return found.length > 0 ? found.join("/") : levels.at(-1)
}
