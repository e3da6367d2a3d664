import { expect, test } from "vitest"
import { explainPanic } from "../../../../host/analysis/outcome/panic"

test("an exception that nobody caught is told with one full stop", () => {
    const said = (exception?: string) =>
        explainPanic({ code: 60005, ...(exception !== undefined && { exception }) }).message
    expect(said("Error: no sensor")).toBe("Nobody caught this exception: Error: no sensor.")
    expect(said("Error: no sensor.")).toBe("Nobody caught this exception: Error: no sensor.")
    expect(said("Error: why?")).toBe("Nobody caught this exception: Error: why?")
    expect(said()).toBe("Nobody caught this exception: the log has its text.")
})
