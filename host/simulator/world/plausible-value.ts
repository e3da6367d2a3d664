/** What a name says of a value, the first that fits. */
const VALUES: readonly [RegExp, unknown][] = [
    [/PORT|PRT/i, 8883],
    [/(^|_)(LAT|LATITUDE)$/i, 47.6],
    [/(^|_)(LON|LONG|LONGITUDE)$/i, -122.1],
    [/UNIX|EPOCH|TIMESTAMP/i, 1_000_000_000],
    [/DATE_?TIME|(^|_)DATE$|[a-z]Date$|_at$|[a-z]At$/, "2001-09-09T01:46:40Z"],
    [/(^|_)date(_?time)?$/, "2001-09-09T01:46:40Z"],
    [/URL|URI|ENDPOINT|WEBHOOK/i, "https://example.com/simulated"],
    [/HOST|HST|SERVER|BROKER|DOMAIN/i, "simulated.example.com"],
    [/USER/i, "simulated-user"],
    [/SSID/i, "simulated"],
    [/FEED|TOPIC|CHANNEL/i, "simulated"],
]
const ANY_NUMBER = 10
const ANY_TEXT = "simulated"

/**
 * A value that something of this name could have.
 * @param type `number`, `boolean` or `string`; otherwise the name decides, and a text is the last resort
 */
export function plausibleValue(name: string, type?: string): unknown {
    const [, value] = VALUES.find(([pattern]) => pattern.test(name)) ?? []
    switch (type) {
        case "number":
            return typeof value === "number" ? value : ANY_NUMBER
        case "boolean":
            return true
        case "string":
            return String(value ?? ANY_TEXT)
        default:
            return value ?? ANY_TEXT
    }
}
