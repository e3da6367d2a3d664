/** Whether a filter is one (MQTT 3.1.1, section 4.7): `+` stands for a level, `#` for all that follow. */
export function isTopicFilter(filter: string): boolean {
    const levels = filter.split("/")
    return (
        filter !== "" &&
        !filter.includes("\0") &&
        levels.every(
            (level, i) =>
                level === "+" || (level === "#" ? i === levels.length - 1 : !/[+#]/.test(level)),
        )
    )
}

/** Whether a topic is one that can be published to: it has no wildcards. */
export function isTopic(topic: string): boolean {
    return topic !== "" && !/[+#\0]/.test(topic)
}

/** Whether a filter takes a topic; what begins with `$` is only taken by what begins so too. */
export function takesTopic(filter: string, topic: string): boolean {
    if (topic.startsWith("$") && /^[+#]/.test(filter)) return false
    const levels = topic.split("/")
    const filters = filter.split("/")
    for (const [i, wanted] of filters.entries()) {
        if (wanted === "#") return true
        if (i >= levels.length || (wanted !== "+" && wanted !== levels[i])) return false
    }
    return filters.length === levels.length
}
