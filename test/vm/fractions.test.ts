import { expect, test } from "vitest"
import { printed, runProgram } from "./harness"

// As host/README.md says of the VM (`devs_value_to_bool` in its value.c).
test("a number with a fraction is false in a condition, so that an interval of one has no pause", async () => {
    const { report } = await runProgram("fractions", { forMs: 2000 })
    const [said, counted] = printed(report.log)
    expect(said).toBe("none at 21.5, some at 21, none at 0")
    expect(Number.parseInt(counted!)).toBeGreaterThan(900)
})
